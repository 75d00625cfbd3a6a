import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Download, UserX } from 'lucide-react';
import { useState } from 'react';
import type { eraseUser, User } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { ButtonAnchor } from '../design/button-link.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { TextField } from '../design/field.js';
import { Section } from '../design/section.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { peopleKey } from '../people/people.queries.js';
import { FormProblem } from '../session/form-problem.js';
import { erasuresKey } from './privacy.queries.js';

/** All that is held about a person: to hand over, or to erase. */
export function PersonDataSection({ person }: { readonly person: User }) {
  const [isAsked, setAsked] = useState(false);
  const isErasable = person.status === 'deactivated' && person.role !== 'owner';
  return (
    <Section title={t('privacy.person.title')} lead={t('privacy.person.lead')}>
      <p className="row-actions">
        <ButtonAnchor
          look="secondary"
          href={`/api/v1/users/${person.id}/data`}
          download
          icon={<Download aria-hidden />}
        >
          {t('privacy.person.download')}
        </ButtonAnchor>
        {isErasable && (
          <Button
            look="danger"
            icon={<UserX aria-hidden />}
            onPress={() => {
              setAsked(true);
            }}
          >
            {t('privacy.person.erase')}
          </Button>
        )}
      </p>
      {!isErasable && <p>{t(person.role === 'owner' ? 'privacy.person.owner' : 'privacy.person.active')}</p>}
      {isAsked && (
        <EraseDialog
          person={person}
          onClose={() => {
            setAsked(false);
          }}
        />
      )}
    </Section>
  );
}

/** It cannot be undone, so the address is written out once more. */
function EraseDialog({ person, onClose }: { readonly person: User; readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const [typed, setTyped] = useState('');
  const isMeant = typed.trim().toLowerCase() === person.email;
  const erase = useMutation({
    mutationFn: () =>
      api.send<typeof eraseUser>('POST', '/api/v1/users/:userId/erasure', { params: { userId: person.id } }),
    onSuccess: async () => {
      toasts.show(t('privacy.erase.begun'));
      await navigate({ to: '/admin/privacy' });
      queries.removeQueries({ queryKey: peopleKey });
      await queries.invalidateQueries({ queryKey: erasuresKey });
    },
  });
  const confirm = (): void => {
    if (isMeant && !erase.isPending) erase.mutate();
  };
  return (
    <Dialog
      title={t('privacy.erase.title', { name: person.name })}
      isOpen
      role="alertdialog"
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button look="danger" isDisabled={!isMeant} isPending={erase.isPending} onPress={confirm}>
            {t('privacy.person.erase')}
          </Button>
        </>
      }
    >
      <FormProblem error={erase.error} />
      <p>{t('privacy.erase.text')}</p>
      <p>{t('privacy.erase.kept')}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <TextField
          label={t('privacy.erase.confirm', { email: person.email })}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
        />
      </form>
    </Dialog>
  );
}
