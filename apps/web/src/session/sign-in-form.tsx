import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../design/button.js';
import { PasswordField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { signInProblem } from './sign-in-problem.js';
import './auth-form.css';

interface SignInFormProps {
  readonly email?: string;
  /** Signs in and goes on; what it throws is shown. */
  readonly signIn: (email: string, password: string) => Promise<void>;
  /** Between the password and the button. */
  readonly children?: ReactNode;
}

export function SignInForm({ email: knownEmail = '', signIn, children }: SignInFormProps) {
  const [email, setEmail] = useState(knownEmail);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const notice = useRef<HTMLDivElement>(null);
  const attempt = useMutation({ mutationFn: () => signIn(email, password) });
  useEffect(() => {
    if (attempt.isError) notice.current?.focus();
  }, [attempt.isError, attempt.submittedAt]);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (email !== '' && password !== '') attempt.mutate();
  };
  const problem = attempt.isError ? signInProblem(attempt.error) : null;
  return (
    <form className="auth-form" onSubmit={submit} noValidate>
      {problem !== null && (
        <Notice ref={notice} tone="bad" title={problem.title} live>
          {problem.text}
        </Notice>
      )}
      <TextField
        label={t('field.email')}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        value={email}
        onChange={setEmail}
        isRequired
        error={tried && email === '' ? t('field.emailMissing') : null}
      />
      <PasswordField
        label={t('field.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        error={tried && password === '' ? t('field.passwordMissing') : null}
      />
      {children}
      <Button type="submit" size="l" wide isPending={attempt.isPending}>
        {t('signIn.action')}
      </Button>
    </form>
  );
}
