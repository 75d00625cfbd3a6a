import type { FactorMethod } from '#libs/contracts/auth';
import { Fingerprint } from 'lucide-react';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { Button } from '../design/button.js';
import { PasswordField, TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { CodeField, isCode } from './code-field.js';
import './factors.css';

export type ProofMethod = FactorMethod | 'password';
/** What is typed; a passkey types nothing. */
export interface Typed {
  readonly method: ProofMethod;
  readonly text: string;
}

interface ProveFormProps {
  readonly methods: readonly ProofMethod[];
  readonly isPending: boolean;
  readonly onProof: (typed: Typed) => void;
  /** Between the field and the button. */
  readonly children?: ReactNode;
}

const order: readonly ProofMethod[] = ['passkey', 'totp', 'password', 'recovery_code'];

/** One of several ways to prove that it is the person, and a way to each of the others. */
export function ProveForm({ methods, isPending, onProof, children }: ProveFormProps) {
  const ways = order.filter((method) => methods.includes(method));
  const [chosen, setChosen] = useState<ProofMethod>(ways[0] ?? 'totp');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const isMissing = chosen === 'totp' ? !isCode(text) : chosen !== 'passkey' && text.trim() === '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isMissing) onProof({ method: chosen, text });
  };
  const others = ways.filter((method) => method !== chosen);
  return (
    <form className="factor-form" onSubmit={submit} noValidate>
      <ProofField
        key={chosen}
        method={chosen}
        value={text}
        onChange={setText}
        isMissing={tried && isMissing}
      />
      {children}
      <Button
        type="submit"
        size="l"
        wide
        isPending={isPending}
        icon={chosen === 'passkey' ? <Fingerprint aria-hidden /> : undefined}
      >
        {chosen === 'passkey' ? t('secondStep.passkey') : t('secondStep.confirm')}
      </Button>
      {others.length > 0 && (
        <div className="factor-form__ways">
          {others.map((method) => (
            <Button
              key={method}
              look="quiet"
              size="s"
              onPress={() => {
                setChosen(method);
                setText('');
                setTried(false);
              }}
            >
              {wayTo(method)}
            </Button>
          ))}
        </div>
      )}
    </form>
  );
}

interface ProofFieldProps {
  readonly method: ProofMethod;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isMissing: boolean;
}

function ProofField({ method, value, onChange, isMissing }: ProofFieldProps) {
  if (method === 'passkey') return <p>{t('secondStep.passkeyAbout')}</p>;
  if (method === 'totp') {
    const error = isMissing ? t('secondStep.codeMissing') : null;
    return <CodeField value={value} onChange={onChange} error={error} autoFocus />;
  }
  if (method === 'password') {
    return (
      <PasswordField
        label={t('stepUp.password')}
        autoComplete="current-password"
        value={value}
        onChange={onChange}
        isRequired
        error={isMissing ? t('field.passwordMissing') : null}
      />
    );
  }
  return (
    <TextField
      label={t('secondStep.recovery')}
      description={t('secondStep.recoveryAbout')}
      autoComplete="off"
      value={value}
      onChange={onChange}
      isRequired
      mono
      error={isMissing ? t('secondStep.recoveryMissing') : null}
    />
  );
}

function wayTo(method: ProofMethod): string {
  switch (method) {
    case 'totp':
      return t('secondStep.useTotp');
    case 'passkey':
      return t('secondStep.usePasskey');
    case 'recovery_code':
      return t('secondStep.useRecovery');
    case 'password':
      return t('stepUp.password');
  }
}
