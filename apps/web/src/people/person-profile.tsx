import { useQuery, useQueryClient } from '@tanstack/react-query';
import { roles, type Role } from '#libs/contracts';
import type { updateUser, User } from '#libs/contracts/auth';
import { type ApiAnswer } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { SelectField, TextField } from '../design/field.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useSavedForm } from '../forms/saved-form.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { useUser } from '../session/session.queries.js';
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

/** Somebody, and who their manager is by name. */
interface Profile {
  readonly person: User;
  readonly manager: PickedPerson | null;
}

const picked = (person: PickedPerson | null): PickedPerson | null =>
  person === null ? null : { id: person.id, name: person.name, email: person.email };

const formOf = ({ person: { name, role, department, teamId }, manager }: Profile): ProfileForm => ({
  ...{ name, role, manager: picked(manager) },
  department: department ?? '',
  teamId: teamId ?? NONE,
});

export function PersonProfile({ person, etag }: { readonly person: User; readonly etag: string }) {
  const found = useQuery({
    ...personQuery(useApi(), person.managerId ?? ''),
    enabled: person.managerId !== null,
    // The form stays where it is while the name of another manager is on its way.
    placeholderData: (before) => before,
  });
  if (person.managerId !== null && found.isPending) return <Skeleton className="skeleton--profile" />;
  const manager = person.managerId === null ? null : (found.data?.data ?? null);
  return <ProfileFields answer={{ data: { person, manager }, etag }} />;
}

function ProfileFields({ answer }: { readonly answer: ApiAnswer<Profile> }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const teams = useQuery(teamNamesQuery(api));
  const { person } = answer.data;
  const { form, isDirty, isPending, error, set, save, notices } = useSavedForm({
    ...{ name: `person.${person.id}`, answer, formOf, saved: t('person.saved') },
    write: async (form: ProfileForm, ifMatch) => {
      const { queryKey } = personQuery(api, person.id);
      // What is not said stays: a change of the role alone signs somebody out.
      const is = queries.getQueryData(queryKey)?.data ?? person;
      const department = form.department.trim() || null;
      const teamId = form.teamId === NONE ? null : form.teamId;
      const managerId = form.manager?.id ?? null;
      const written = await api.send<typeof updateUser>('PATCH', '/api/v1/users/:userId', {
        params: { userId: person.id },
        body: {
          ...(form.name === is.name ? {} : { name: form.name }),
          ...(form.role === is.role ? {} : { role: form.role }),
          ...(department === is.department ? {} : { department }),
          ...(teamId === is.teamId ? {} : { teamId }),
          ...(managerId === is.managerId ? {} : { managerId }),
        },
        ifMatch,
      });
      queries.setQueryData(queryKey, written);
      await queries.invalidateQueries({ queryKey: peopleKey });
      return { ...written, data: { person: written.data, manager: form.manager } };
    },
    reload: async () => {
      const { data, etag } = await queries.query({ ...personQuery(api, person.id), staleTime: 0 });
      const { managerId } = data;
      const manager = managerId === null ? null : (await queries.query(personQuery(api, managerId))).data;
      return { data: { person: data, manager }, etag };
    },
  });
  const errors = fieldErrors(error);
  return (
    <Section title={t('person.profile')} lead={t('person.profileLead')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {notices}
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
            set({ manager: picked(next) });
          }}
          without={[person.id]}
          error={errors['managerId']}
        />
        <p>
          <Button type="submit" isPending={isPending} isDisabled={!isDirty || form.name.trim() === ''}>
            {t('action.save')}
          </Button>
        </p>
      </form>
    </Section>
  );
}
