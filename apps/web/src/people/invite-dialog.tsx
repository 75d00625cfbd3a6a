import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import { roles, type Role } from '#libs/contracts';
import type { InvitationBatchResult, inviteMany } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { SelectField, TextField } from '../design/field.js';
import { useToasts } from '../design/toasts.js';
import { DraftOffer } from '../drafts/draft-offer.js';
import { useLocalDraft } from '../drafts/use-local-draft.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { useUser } from '../session/session.queries.js';
import { parseInvitees, type Invitee } from './invitees.js';
import { peopleKey, teamNamesQuery } from './people.queries.js';
import { roleName } from './role-name.js';

type Item = InvitationBatchResult['items'][number];
const NONE = '';
const AT_A_TIME = 50;

/** Invites one person or many: an address a line, with a name before it or without. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const toasts = useToasts();
  const teams = useQuery(teamNamesQuery(api));
  const form = useId();
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role>('learner');
  const [teamId, setTeamId] = useState(NONE);
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState<readonly Item[]>([]);
  const { people, wrong } = parseInvitees(text);
  const draft = useLocalDraft('invite', text === '' ? null : { text, role, teamId });
  const invite = useMutation({
    mutationFn: async () => {
      const items: Item[] = [];
      for (let from = 0; from < people.length; from += AT_A_TIME) {
        const some = people.slice(from, from + AT_A_TIME);
        const { data } = await api.send<typeof inviteMany>('POST', '/api/v1/invitations/batch', {
          body: { people: some.map((person) => bodyOf(person, role, teamId)) },
        });
        items.push(...data.items);
      }
      return items;
    },
    onSuccess: (items) => {
      const faults = items.filter(({ outcome }) => outcome === 'failed');
      const sent = items.length - faults.length;
      if (sent > 0) toasts.show(t('invite.sent', { count: sent }));
      void queries.invalidateQueries({ queryKey: peopleKey });
      setFailed(faults);
      draft.done();
      // What could not be sent stays, to be mended.
      setText(faults.map(({ email }) => email).join('\n'));
      setTried(false);
      if (faults.length === 0) onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (people.length > 0 && wrong.length === 0) invite.mutate();
  };
  const error =
    tried && wrong.length > 0
      ? t('invite.wrong', { text: wrong.slice(0, 3).join(', ') })
      : tried && people.length === 0
        ? t('field.emailMissing')
        : undefined;
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
            {people.length > 1 ? t('invite.send', { count: people.length }) : t('people.sendInvitation')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        {draft.found !== null && text === '' && (
          <DraftOffer
            keptAt={draft.found.keptAt}
            onTake={() => {
              setText(draft.found?.value.text ?? '');
              setRole(draft.found?.value.role ?? 'learner');
              setTeamId(draft.found?.value.teamId ?? NONE);
              draft.settle(true);
            }}
            onDiscard={() => {
              draft.settle(false);
            }}
          />
        )}
        <FormProblem error={invite.error} />
        {failed.length > 0 && (
          <ul className="outcomes" role="alert" aria-label={t('invite.failed', { count: failed.length })}>
            {failed.map(({ email, detail, code }) => (
              <li key={email}>
                <strong>{email}</strong>
                <span>{detail ?? code}</span>
              </li>
            ))}
          </ul>
        )}
        <TextField
          label={t('invite.addresses')}
          description={t('invite.addressesHint')}
          placeholder={t('invite.example')}
          multiline
          rows={5}
          value={text}
          onChange={setText}
          isRequired
          error={error}
        />
        <SelectField
          label={t('people.role')}
          value={role}
          onChange={setRole}
          options={roles
            .filter((value) => value !== 'owner' || user.role === 'owner')
            .map((value) => ({ value, label: roleName(value) }))}
        />
        <SelectField
          label={t('people.team')}
          value={teamId}
          onChange={setTeamId}
          options={[
            { value: NONE, label: t('people.noTeam') },
            ...(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </form>
    </Dialog>
  );
}

function bodyOf({ email, name }: Invitee, role: Role, teamId: string) {
  return { email, role, ...(name === null ? {} : { name }), ...(teamId === NONE ? {} : { teamId }) };
}
