import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type { Role } from '#libs/contracts';
import type { putSignInPolicy, SignInPolicyView } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { CheckField } from '../design/check-field.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { NumberField } from '../design/number-field.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { t } from '../language/t.js';
import { roleName } from '../people/role-name.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { policyKey, policyQuery } from './factors.queries.js';
import './factors.css';

const [MINUTE, HOUR] = [60, 3_600];
const roles: readonly Role[] = ['owner', 'admin', 'author', 'instructor', 'learner', 'viewer'];
const USUAL = { stepUpMinutes: 15, maxSessions: 5 };

export function SignInPolicyPage() {
  usePageTitle(t('admin.signInPolicy'));
  return may(useUser(), 'tenant.manage') ? <Policy /> : <Forbidden />;
}

function Policy() {
  const found = useQuery(policyQuery(useApi()));
  return (
    <>
      <PageHeading title={t('admin.signInPolicy')}>{t('policy.lead')}</PageHeading>
      <Answer of={found} skeleton={<Skeleton className="skeleton--profile" />}>
        {({ data, etag }) => <PolicyForm key={etag} policy={data} etag={etag ?? ''} />}
      </Answer>
    </>
  );
}

type Rules = Omit<SignInPolicyView, 'requiredSince' | 'updatedAt' | 'ownAddress'>;
type Set = (change: Partial<Rules>) => void;
interface PartProps {
  readonly rules: Rules;
  readonly set: Set;
}

function PolicyForm({ policy, etag }: { readonly policy: SignInPolicyView; readonly etag: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const { ownAddress } = policy;
  const [rules, setRules] = useState<Rules>(() => rulesOf(policy));
  const [networks, setNetworks] = useState(policy.allowedNetworks.join('\n'));
  const [isLockout, setLockout] = useState(false);
  const lines = networks.split('\n').map((line) => line.trim());
  const put = async (next: Rules, confirmLockout: boolean, ifMatch: string) =>
    api.send<typeof putSignInPolicy>('PUT', '/api/v1/sign-in-policy', {
      body: { ...next, confirmLockout },
      ifMatch,
    });
  const undo = (ifMatch: string): void => {
    put(rulesOf(policy), false, ifMatch).then(
      (before) => {
        queries.setQueryData(policyKey, before);
      },
      () => {
        toasts.show(t('problem.unknown.title'), 'bad');
      },
    );
  };
  const save = useMutation({
    mutationFn: async (confirmLockout: boolean) =>
      put({ ...rules, allowedNetworks: lines.filter(Boolean) }, confirmLockout, etag),
    onSuccess: (answer) => {
      setLockout(false);
      queries.setQueryData(policyKey, answer);
      toasts.show(t('policy.saved'), 'good', {
        label: t('action.undo'),
        run: () => {
          undo(answer.etag ?? '');
        },
      });
    },
    onError: (error) => {
      setLockout(isProblem(error, 'sign_in_policy.would_lock_out'));
      if (isProblem(error, 'sign_in_policy.changed')) void queries.invalidateQueries({ queryKey: policyKey });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate(false);
  };
  const parts: PartProps = {
    rules,
    set: (change) => {
      setRules({ ...rules, ...change });
    },
  };
  const isSaid = isLockout || isProblem(save.error, 'auth.step_up_required');
  return (
    <form onSubmit={submit} noValidate>
      {!isSaid && (
        <FormProblem
          error={save.error}
          say={{
            'sign_in_policy.changed': t('policy.changed.title'),
            'sign_in_policy.roles_missing': t('policy.rolesMissing'),
          }}
        />
      )}
      <SecondStepPart {...parts} />
      <SessionPart {...parts} />
      <Section title={t('policy.networks')} lead={t('policy.networksLead')}>
        <TextField
          label={t('policy.allowed')}
          description={t('policy.allowedAbout', { address: ownAddress ?? '?' })}
          multiline
          mono
          rows={4}
          value={networks}
          onChange={setNetworks}
          error={networkFault(save.error, lines)}
        />
        <div className="form__actions">
          <Button type="submit" isPending={save.isPending}>
            {t('policy.save')}
          </Button>
        </div>
      </Section>
      {isLockout && (
        <ConfirmDialog
          title={t('policy.lockout.title')}
          confirm={t('policy.lockout.confirm')}
          isPending={save.isPending}
          onConfirm={() => {
            save.mutate(true);
          }}
          onClose={() => {
            setLockout(false);
          }}
        >
          <Notice tone="warn">{t('policy.lockout.text')}</Notice>
        </ConfirmDialog>
      )}
    </form>
  );
}

/** What can be set; the rest of the answer only tells. */
function rulesOf(policy: SignInPolicyView): Rules {
  const { mfa, mfaRoles, graceDays, mfaAfterSso, passwordless, trustedDeviceDays, stepUpMinutes } = policy;
  const { idleSeconds, absoluteSeconds, maxSessions, allowedNetworks, alerts } = policy;
  return {
    ...{ mfa, mfaRoles, graceDays, mfaAfterSso, passwordless, trustedDeviceDays, stepUpMinutes },
    ...{ idleSeconds, absoluteSeconds, maxSessions, allowedNetworks, alerts },
  };
}

function SecondStepPart({ rules, set }: PartProps) {
  const kinds = ['off', 'optional', 'roles', 'all'] as const;
  const labels = {
    off: t('policy.mfa.off'),
    optional: t('policy.mfa.optional'),
    roles: t('policy.mfa.roles'),
    all: t('policy.mfa.all'),
  };
  const isRequired = rules.mfa === 'roles' || rules.mfa === 'all';
  return (
    <Section title={t('policy.secondStep')} lead={t('policy.secondStepLead')}>
      <div className="factor-form">
        <SelectField
          label={t('policy.mfa')}
          value={rules.mfa}
          options={kinds.map((value) => ({ value, label: labels[value] }))}
          onChange={(mfa) => {
            set({ mfa });
          }}
        />
        {rules.mfa === 'roles' && <RolesPart rules={rules} set={set} />}
        {isRequired && (
          <NumberField
            label={t('policy.grace')}
            description={t('policy.graceAbout')}
            minValue={0}
            maxValue={90}
            value={rules.graceDays}
            onChange={(days) => {
              set({ graceDays: days ?? 0 });
            }}
          />
        )}
        <CheckField
          isSelected={rules.mfaAfterSso}
          description={t('policy.afterSsoAbout')}
          onChange={(mfaAfterSso) => {
            set({ mfaAfterSso });
          }}
        >
          {t('policy.afterSso')}
        </CheckField>
        <CheckField
          isSelected={rules.passwordless}
          onChange={(passwordless) => {
            set({ passwordless });
          }}
        >
          {t('policy.passwordless')}
        </CheckField>
        <NumberField
          label={t('policy.trustedDays')}
          description={t('policy.trustedDaysAbout')}
          minValue={0}
          maxValue={90}
          value={rules.trustedDeviceDays}
          onChange={(days) => {
            set({ trustedDeviceDays: days ?? 0 });
          }}
        />
        <CheckField
          isSelected={rules.stepUpMinutes !== null}
          onChange={(isOn) => {
            set({ stepUpMinutes: isOn ? USUAL.stepUpMinutes : null });
          }}
        >
          {t('policy.stepUp')}
        </CheckField>
        {rules.stepUpMinutes !== null && (
          <NumberField
            label={t('policy.stepUpMinutes')}
            minValue={1}
            maxValue={1_440}
            value={rules.stepUpMinutes}
            onChange={(minutes) => {
              set({ stepUpMinutes: minutes ?? USUAL.stepUpMinutes });
            }}
          />
        )}
      </div>
    </Section>
  );
}

function RolesPart({ rules, set }: PartProps) {
  const toggle = (role: Role, isOn: boolean): void => {
    const others = rules.mfaRoles.filter((one) => one !== role);
    set({ mfaRoles: isOn ? [...others, role] : others });
  };
  return (
    <fieldset className="factor-checks">
      <legend className="field__label">{t('policy.roles')}</legend>
      {roles.map((role) => (
        <CheckField
          key={role}
          isSelected={rules.mfaRoles.includes(role)}
          onChange={(isOn) => {
            toggle(role, isOn);
          }}
        >
          {roleName(role)}
        </CheckField>
      ))}
    </fieldset>
  );
}

function SessionPart({ rules, set }: PartProps) {
  return (
    <Section title={t('policy.sessions')} lead={t('policy.sessionsLead')}>
      <div className="factor-form">
        <NumberField
          label={t('policy.idle')}
          minValue={5}
          maxValue={20_160}
          value={Math.round(rules.idleSeconds / MINUTE)}
          onChange={(minutes) => {
            set({ idleSeconds: (minutes ?? 60) * MINUTE });
          }}
        />
        <NumberField
          label={t('policy.absolute')}
          minValue={1}
          maxValue={2_160}
          value={Math.max(1, Math.round(rules.absoluteSeconds / HOUR))}
          onChange={(hours) => {
            set({ absoluteSeconds: (hours ?? 720) * HOUR });
          }}
        />
        <CheckField
          isSelected={rules.maxSessions !== null}
          onChange={(isOn) => {
            set({ maxSessions: isOn ? USUAL.maxSessions : null });
          }}
        >
          {t('policy.max')}
        </CheckField>
        {rules.maxSessions !== null && (
          <NumberField
            label={t('policy.maxSessions')}
            minValue={1}
            maxValue={100}
            value={rules.maxSessions}
            onChange={(most) => {
              set({ maxSessions: most ?? USUAL.maxSessions });
            }}
          />
        )}
        <CheckField
          isSelected={rules.alerts}
          onChange={(alerts) => {
            set({ alerts });
          }}
        >
          {t('policy.alerts')}
        </CheckField>
      </div>
    </Section>
  );
}

/** Which line is none: the server counts the ones that are not empty. */
function networkFault(error: unknown, lines: readonly string[]): string | null {
  if (!isProblem(error, 'sign_in_policy.network_invalid')) return null;
  const index = Number(error.errors[0]?.pointer.split('/').at(-1) ?? 0);
  const filled = lines.flatMap((line, place) => (line === '' ? [] : [place + 1]));
  return t('policy.networkInvalid', { line: filled[index] ?? index + 1 });
}
