import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type { changePassword } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Button } from '../design/button.js';
import { PasswordField } from '../design/field.js';
import { Section } from '../design/section.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { NewPasswordField } from '../session/new-password-field.js';
import { passwordFault } from '../session/password-rule.js';
import { sessionsKey } from './account.queries.js';

export function PasswordSection() {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: () =>
      api.send<typeof changePassword>('POST', '/api/v1/auth/change-password', {
        body: { currentPassword: current, newPassword: next },
      }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setTried(false);
      toasts.show(t('account.passwordChanged'));
      void queries.invalidateQueries({ queryKey: sessionsKey });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (current !== '' && passwordFault(next) === null) change.mutate();
  };
  const errors = fieldErrors(change.error);
  const wrongPassword = isProblem(change.error, 'auth.invalid_credentials');
  return (
    <Section title={t('field.password')} lead={t('account.passwordLead')}>
      <form className="form" onSubmit={submit} noValidate>
        {!wrongPassword && <FormProblem error={change.error} />}
        <PasswordField
          label={t('field.currentPassword')}
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          isRequired
          error={currentError(tried && current === '', wrongPassword, errors['currentPassword'])}
        />
        <NewPasswordField value={next} onChange={setNext} tried={tried} error={errors['newPassword']} />
        <div className="form__actions">
          <Button type="submit" look="secondary" isPending={change.isPending}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function currentError(missing: boolean, wrong: boolean, refused: string | undefined): string | undefined {
  if (missing) return t('field.passwordMissing');
  return wrong ? t('account.wrongPassword') : refused;
}
