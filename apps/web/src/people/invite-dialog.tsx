import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import type { Role } from '#libs/contracts';
import type { inviteUser } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { SelectField, TextField } from '../design/field.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { useUser } from '../session/session.queries.js';
import { peopleKey } from './people.queries.js';
import { roleName, roleOrder } from './role-name.js';

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const toasts = useToasts();
  const form = useId();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('learner');
  const [tried, setTried] = useState(false);
  const invite = useMutation({
    mutationFn: () => api.send<typeof inviteUser>('POST', '/api/v1/users', { body: { name, email, role } }),
    onSuccess: () => {
      toasts.show(t('people.invitedToast', { email }));
      void queries.invalidateQueries({ queryKey: peopleKey });
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name !== '' && email !== '') invite.mutate();
  };
  const errors = fieldErrors(invite.error);
  const roles = roleOrder.filter((value) => value !== 'owner' || user.role === 'owner');
  return (
    <Dialog
      title={t('people.invite')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" form={form} isPending={invite.isPending}>
            {t('people.sendInvitation')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <FormProblem error={invite.error} />
        <TextField
          label={t('field.name')}
          value={name}
          onChange={setName}
          isRequired
          autoComplete="off"
          error={tried && name === '' ? t('field.nameMissing') : errors['name']}
        />
        <TextField
          label={t('field.email')}
          type="email"
          value={email}
          onChange={setEmail}
          isRequired
          autoComplete="off"
          error={tried && email === '' ? t('field.emailMissing') : errors['email']}
        />
        <SelectField
          label={t('people.role')}
          value={role}
          onChange={setRole}
          options={roles.map((value) => ({ value, label: roleName(value) }))}
        />
      </form>
    </Dialog>
  );
}
