import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  answerSecondStep,
  beginPasskeyEnrolment,
  beginTotpEnrolment,
  enrolInSecondStep,
  SecondStep,
  secondStepPasskey,
  TotpSetup as Setup,
} from '#libs/contracts/auth';
import { deviceOf } from '../account/device-name.js';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { CheckField } from '../design/check-field.js';
import { t } from '../language/t.js';
import { askPasskey, makePasskey } from './passkey-api.js';
import { ProofProblem } from './proof-problem.js';
import { ProveForm, type Typed } from './prove-form.js';
import { RecoveryCodes } from './recovery-codes.js';
import { TotpSetup } from './totp-setup.js';
import './factors.css';

interface SecondStepProps {
  readonly step: SecondStep;
  /** The session is there. */
  readonly onDone: () => Promise<void>;
  readonly onAgain: () => void;
}

/** What is left of a sign-in after the password. */
export function SecondStepForm({ step, onDone, onAgain }: SecondStepProps) {
  const again = (
    <Button look="quiet" size="s" onPress={onAgain}>
      {t('secondStep.again')}
    </Button>
  );
  return step.enrol ? (
    <Enrolment step={step} onDone={onDone}>
      {again}
    </Enrolment>
  ) : (
    <Proof step={step} onDone={onDone}>
      {again}
    </Proof>
  );
}

interface PartProps extends Pick<SecondStepProps, 'step' | 'onDone'> {
  readonly children: React.ReactNode;
}

function Proof({ step: { challengeId, methods, mayTrustDevice }, onDone, children }: PartProps) {
  const api = useApi();
  const [trustDevice, setTrustDevice] = useState(false);
  const answer = useMutation({
    mutationFn: async ({ method, text }: Typed) => {
      const shared = { challengeId, trustDevice };
      const path = '/api/v1/auth/second-step';
      if (method === 'passkey') {
        const asked = await api.send<typeof secondStepPasskey>('POST', `${path}/passkey-options`, {
          body: { challengeId },
        });
        const response = await askPasskey(asked.data);
        await api.send<typeof answerSecondStep>('POST', path, { body: { method, response, ...shared } });
      } else if (method !== 'password') {
        await api.send<typeof answerSecondStep>('POST', path, { body: { method, code: text, ...shared } });
      }
      await onDone();
    },
  });
  return (
    <div className="factor-form">
      <ProofProblem error={answer.error} />
      <ProveForm
        methods={methods}
        isPending={answer.isPending}
        onProof={(typed) => {
          answer.mutate(typed);
        }}
      >
        {mayTrustDevice && (
          <CheckField isSelected={trustDevice} onChange={setTrustDevice}>
            {t('secondStep.trust')}
          </CheckField>
        )}
      </ProveForm>
      {children}
    </div>
  );
}

function Enrolment({ step: { challengeId }, onDone, children }: PartProps) {
  const api = useApi();
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const path = '/api/v1/auth/second-step/enrol';
  const finish = async (recoveryCodes: readonly string[] | null): Promise<void> => {
    if (recoveryCodes === null) await onDone();
    else setCodes(recoveryCodes);
  };
  const begin = useMutation({
    mutationFn: async () =>
      (await api.send<typeof beginTotpEnrolment>('POST', `${path}/totp`, { body: { challengeId } })).data,
    onSuccess: setSetup,
  });
  const confirm = useMutation({
    mutationFn: async (code: string) => {
      const body = { method: 'totp', challengeId, code } as const;
      await finish((await api.send<typeof enrolInSecondStep>('POST', path, { body })).data.recoveryCodes);
    },
  });
  const passkey = useMutation({
    mutationFn: async () => {
      const asked = await api.send<typeof beginPasskeyEnrolment>('POST', `${path}/passkey`, {
        body: { challengeId },
      });
      const response = await makePasskey(asked.data);
      const body = { method: 'passkey', challengeId, name: ownName(), response } as const;
      await finish((await api.send<typeof enrolInSecondStep>('POST', path, { body })).data.recoveryCodes);
    },
  });
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={() => void onDone()} />;
  if (setup !== null) {
    return (
      <TotpSetup
        setup={setup}
        error={confirm.error}
        isPending={confirm.isPending}
        onCode={(code) => {
          confirm.mutate(code);
        }}
      />
    );
  }
  return (
    <div className="factor-form">
      <ProofProblem error={begin.error ?? passkey.error} />
      <p>{t('enrol.choose')}</p>
      <div className="factor-choice">
        <div>
          <Button
            wide
            isPending={passkey.isPending}
            onPress={() => {
              passkey.mutate();
            }}
          >
            {t('enrol.passkey')}
          </Button>
          <p>{t('enrol.passkeyAbout')}</p>
        </div>
        <div>
          <Button
            wide
            look="secondary"
            isPending={begin.isPending}
            onPress={() => {
              begin.mutate();
            }}
          >
            {t('enrol.totp')}
          </Button>
          <p>{t('enrol.totpAbout')}</p>
        </div>
      </div>
      {children}
    </div>
  );
}

/** What this device would be called by its owner. */
export function ownName(): string {
  const { browser, system } = deviceOf(navigator.userAgent);
  return [browser, system].filter(Boolean).join(' · ') || t('enrol.passkey');
}
