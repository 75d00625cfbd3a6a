import { type SubmitEvent, useState } from 'react';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Section } from '../design/section.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { type SessionUser } from '../session/session-user.js';
import { useSaveProfile } from './save-profile.js';

export function ProfileSection({ user }: { readonly user: SessionUser }) {
  const toasts = useToasts();
  const [name, setName] = useState(user.name);
  const save = useSaveProfile(() => {
    toasts.show(t('account.saved'));
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate({ name: name.trim() });
  };
  const missing = name.trim() === '';
  return (
    <Section title={t('account.profile')} lead={t('account.profileLead')}>
      <form className="form" onSubmit={submit} noValidate>
        <FormProblem error={save.error} />
        <TextField
          label={t('field.name')}
          autoComplete="name"
          value={name}
          onChange={setName}
          isRequired
          error={missing ? t('field.nameMissing') : fieldErrors(save.error)['name']}
        />
        <TextField
          label={t('field.email')}
          type="email"
          value={user.email}
          isReadOnly
          isDisabled
          description={t('account.emailFixed')}
        />
        <div className="form__actions">
          <Button type="submit" isPending={save.isPending} isDisabled={missing || name.trim() === user.name}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
