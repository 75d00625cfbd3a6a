import { z } from 'zod';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Section } from '../design/section.js';
import { useToasts } from '../design/toasts.js';
import { FormTextField } from '../forms/form-fields.js';
import { showServerFaults, useZodForm } from '../forms/zod-form.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { type SessionUser } from '../session/session-user.js';
import { useSaveProfile } from './save-profile.js';

const profile = z.object({ name: z.string().trim().min(1).max(200) });

export function ProfileSection({ user }: { readonly user: SessionUser }) {
  const toasts = useToasts();
  const form = useZodForm(profile, { name: user.name });
  const save = useSaveProfile(() => {
    toasts.show(t('account.saved'));
  });
  const submit = form.handleSubmit((values) => {
    save.mutate(values, {
      onSuccess: ({ name }) => {
        form.reset({ name });
      },
      onError: (error) => {
        showServerFaults(form, error);
      },
    });
  });
  return (
    <Section title={t('account.profile')} lead={t('account.profileLead')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          void submit(event);
        }}
      >
        <FormProblem error={save.error} />
        <FormTextField
          control={form.control}
          name="name"
          label={t('field.name')}
          autoComplete="name"
          isRequired
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
          <Button type="submit" isPending={save.isPending} isDisabled={!form.formState.isDirty}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
