import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { roles, type Role } from '#libs/contracts';
import type { updateUser, User } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Button } from '../design/button.js';
import { SelectField, TextField } from '../design/field.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { DraftOffer } from '../drafts/draft-offer.js';
import { useLocalDraft } from '../drafts/use-local-draft.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { useUser } from '../session/session.queries.js';
import { ConflictNotice } from '../settings/conflict-notice.js';
import { peopleKey, personQuery, teamNamesQuery } from './people.queries.js';
import { type PickedPerson, PersonPicker } from './person-picker.js';
import { roleName } from './role-name.js';
import './people.css';

const NONE = '';

interface ProfileForm {
  readonly name: string;
  readonly role: Role;
  readonly department: string;
  readonly teamId: string;
  readonly manager: PickedPerson | null;
}

const formOf = ({ name, role, department, teamId }: User, manager: PickedPerson | null): ProfileForm => ({
  ...{ name, role, manager },
  department: department ?? '',
  teamId: teamId ?? NONE,
});

export function PersonProfile({ person, etag }: { readonly person: User; readonly etag: string }) {
  const manager = useQuery({
    ...personQuery(useApi(), person.managerId ?? ''),
    enabled: person.managerId !== null,
  });
  if (person.managerId !== null && manager.isPending) return <Skeleton className="skeleton--profile" />;
  return <ProfileFields person={person} etag={etag} manager={manager.data?.data ?? null} />;
}

interface ProfileFieldsProps {
  readonly person: User;
  readonly etag: string;
  readonly manager: PickedPerson | null;
}

function ProfileFields({ person, etag, manager }: ProfileFieldsProps) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const toasts = useToasts();
  const teams = useQuery(teamNamesQuery(api));
  const [form, setForm] = useState(() => formOf(person, manager));
  const saved = formOf(person, manager);
  const isDirty = JSON.stringify(form) !== JSON.stringify(saved);
  const draft = useLocalDraft(`person.${person.id}`, isDirty ? form : null);
  const set = (part: Partial<ProfileForm>): void => {
    setForm({ ...form, ...part });
  };
  const save = useMutation({
    mutationFn: (ifMatch: string) =>
      api.send<typeof updateUser>('PATCH', '/api/v1/users/:userId', {
        params: { userId: person.id },
        body: {
          ...(form.name === saved.name ? {} : { name: form.name }),
          ...(form.role === saved.role ? {} : { role: form.role }),
          ...(form.department === saved.department ? {} : { department: form.department.trim() || null }),
          ...(form.teamId === saved.teamId ? {} : { teamId: form.teamId === NONE ? null : form.teamId }),
          ...(form.manager?.id === saved.manager?.id ? {} : { managerId: form.manager?.id ?? null }),
        },
        ifMatch,
      }),
    onSuccess: async (answer) => {
      draft.done();
      toasts.show(t('person.saved'));
      queries.setQueryData(personQuery(api, person.id).queryKey, answer);
      await queries.invalidateQueries({ queryKey: peopleKey });
    },
  });
  const overtaken = isProblem(save.error) && save.error.status === 412;
  const errors = fieldErrors(save.error);
  const reread = async () => {
    save.reset();
    return queries.query({ ...personQuery(api, person.id), staleTime: 0 });
  };
  return (
    <Section title={t('person.profile')} lead={t('person.profileLead')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(etag);
        }}
      >
        {draft.found !== null && !isDirty && (
          <DraftOffer
            keptAt={draft.found.keptAt}
            onTake={() => {
              if (draft.found !== null) setForm(draft.found.value);
              draft.settle(true);
            }}
            onDiscard={() => {
              draft.settle(false);
            }}
          />
        )}
        {overtaken ? (
          <ConflictNotice
            onKeep={() => void reread()}
            onTake={() => {
              void reread().then(({ data }) => {
                setForm(formOf(data, data.managerId === manager?.id ? manager : null));
              });
            }}
          />
        ) : (
          <FormProblem error={save.error} />
        )}
        <TextField
          label={t('field.name')}
          value={form.name}
          onChange={(name) => {
            set({ name });
          }}
          isRequired
          maxLength={200}
          error={form.name.trim() === '' ? t('field.nameMissing') : errors['name']}
        />
        <SelectField
          label={t('people.role')}
          value={form.role}
          onChange={(role) => {
            set({ role });
          }}
          description={t('person.roleHint')}
          options={roles
            .filter((value) => value !== 'owner' || user.role === 'owner' || person.role === 'owner')
            .map((value) => ({ value, label: roleName(value) }))}
        />
        <SelectField
          label={t('people.team')}
          value={form.teamId}
          onChange={(teamId) => {
            set({ teamId });
          }}
          options={[
            { value: NONE, label: t('people.noTeam') },
            ...(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextField
          label={t('people.department')}
          value={form.department}
          onChange={(department) => {
            set({ department });
          }}
          maxLength={100}
          error={errors['department']}
        />
        <PersonPicker
          label={t('people.manager')}
          description={t('person.managerHint')}
          value={form.manager}
          onChange={(next) => {
            set({ manager: next });
          }}
          without={[person.id]}
          error={errors['managerId']}
        />
        <p>
          <Button type="submit" isPending={save.isPending} isDisabled={!isDirty || form.name.trim() === ''}>
            {t('action.save')}
          </Button>
        </p>
      </form>
    </Section>
  );
}
