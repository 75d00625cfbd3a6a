import type { TotpSetup as Setup } from '#libs/contracts/auth';
import { type SubmitEvent, useState } from 'react';
import { Button } from '../design/button.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { CodeField, isCode } from './code-field.js';
import { QrCode } from './qr-code.js';
import './factors.css';

interface TotpSetupProps {
  readonly setup: Setup;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly onCode: (code: string) => void;
}

/** The picture, the key and the box for the first code. */
export function TotpSetup({ setup, error, isPending, onCode }: TotpSetupProps) {
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isCode(code)) onCode(code);
  };
  return (
    <form className="factor-form" onSubmit={submit} noValidate>
      <FormProblem error={error} say={{ 'factor.code_wrong': t('secondStep.refused.title') }} />
      <p>{t('totp.scan')}</p>
      <QrCode text={setup.uri} label={t('totp.picture')} />
      <p className="factor-form__key">
        {t('totp.byHand')} <code dir="ltr">{setup.secret.replaceAll(/.{4}(?=.)/g, '$& ')}</code>
      </p>
      <CodeField
        value={code}
        onChange={setCode}
        error={tried && !isCode(code) ? t('secondStep.codeMissing') : null}
      />
      <Button type="submit" isPending={isPending}>
        {t('totp.confirm')}
      </Button>
    </form>
  );
}
