import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Trash2, UserRoundX, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { createTeam, deleteTeam, Team, updateTeam, User } from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button, IconButton } from '../design/button.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { EmptyState } from '../design/empty-state.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { changePeople } from '../people/change-people.js';
import { peopleKey, peopleQuery } from '../people/people.queries.js';
import { PersonPicker } from '../people/person-picker.js';
import { roleName } from '../people/role-name.js';
import { StatusBadge } from '../people/status-badge.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { teamQuery, teamsKey } from './teams.queries.js';
import '../design/table.css';
import '../people/people.css';

export function TeamPage() {
  const { teamId = '' } = useParams({ strict: false });
  const team = useQuery(teamQuery(useApi(), teamId));
  const user = useUser();
  usePageTitle(team.data?.data.name ?? t('admin.teams'));
  if (!may(user, 'users.read')) return <Forbidden />;
  return (
    <Answer isPage of={team} skeleton={<Skeleton className="skeleton--list" />}>
      {({ data, etag }) => <OneTeam key={data.id} team={data} etag={etag ?? ''} />}
    </Answer>
  );
}

function OneTeam({ team, etag }: { readonly team: Team; readonly etag: string }) {
  const user = useUser();
  const mayManage = may(user, 'teams.manage');
  return (
    <>
      <BackLink to="/admin/teams">{t('teams.back')}</BackLink>
      <PageHeading title={team.name} actions={mayManage && <RemoveButton team={team} />}>
        {t('teams.memberCount', { count: team.members })}
      </PageHeading>
      {mayManage && <TeamSection team={team} etag={etag} />}
      <Members team={team} mayManage={mayManage && may(user, 'users.manage')} />
    </>
  );
}

function RemoveButton({ team }: { readonly team: Team }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const navigate = useNavigate();
  const refresh = () => queries.invalidateQueries({ queryKey: teamsKey });
  const restore = async (): Promise<void> => {
    const leadIds = team.leads.map(({ userId }) => userId);
    await api.send<typeof createTeam>('POST', '/api/v1/teams', { body: { name: team.name, leadIds } });
    await refresh();
  };
  const remove = useMutation({
    mutationFn: () =>
      api.send<typeof deleteTeam>('DELETE', '/api/v1/teams/:teamId', { params: { teamId: team.id } }),
    onSuccess: async () => {
      await navigate({ to: '/admin/teams' });
      await refresh();
      toasts.show(t('teams.removed', { name: team.name }), 'good', {
        label: t('action.undo'),
        run: () => {
          restore().catch(() => {
            toasts.show(t('problem.unknown.title'), 'bad');
          });
        },
      });
    },
    onError: (error) => {
      toasts.show(
        isProblem(error, 'team.not_empty') ? t('teams.notEmpty') : t('problem.unknown.title'),
        'bad',
      );
    },
  });
  return (
    <Button
      look="quiet-danger"
      icon={<Trash2 aria-hidden />}
      isPending={remove.isPending}
      onPress={() => {
        remove.mutate();
      }}
    >
      {t('teams.remove')}
    </Button>
  );
}

function TeamSection({ team, etag }: { readonly team: Team; readonly etag: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [name, setName] = useState(team.name);
  const save = useMutation({
    mutationFn: (patch: { name?: string; leadIds?: string[] }) =>
      api.send<typeof updateTeam>('PATCH', '/api/v1/teams/:teamId', {
        params: { teamId: team.id },
        body: patch,
        ifMatch: etag,
      }),
    onSuccess: async (answer) => {
      toasts.show(t('teams.saved'));
      queries.setQueryData(teamQuery(api, team.id).queryKey, answer);
      await queries.invalidateQueries({ queryKey: teamsKey });
      await queries.invalidateQueries({ queryKey: peopleKey });
    },
  });
  const leadIds = team.leads.map(({ userId }) => userId);
  const overtaken = isProblem(save.error) && save.error.status === 412;
  return (
    <Section title={t('teams.about')} lead={t('teams.aboutLead')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save.mutate({ name: name.trim() });
        }}
      >
        {overtaken ? (
          <Notice
            tone="warn"
            title={t('overtaken.title')}
            live
            action={
              <Button
                look="secondary"
                size="s"
                onPress={() => {
                  save.reset();
                  void queries.invalidateQueries({ queryKey: teamsKey });
                }}
              >
                {t('overtaken.keepMine')}
              </Button>
            }
          >
            {t('overtaken.text')}
          </Notice>
        ) : (
          <FormProblem error={save.error} />
        )}
        <TextField
          label={t('field.name')}
          value={name}
          onChange={setName}
          isRequired
          maxLength={100}
          error={name.trim() === '' ? t('field.nameMissing') : fieldErrors(save.error)['name']}
        />
        <p>
          <Button
            type="submit"
            isPending={save.isPending}
            isDisabled={name.trim() === team.name || name.trim() === ''}
          >
            {t('teams.rename')}
          </Button>
        </p>
      </form>
      <h3 className="team-leads__title">{t('teams.leads')}</h3>
      {team.leads.length === 0 ? (
        <p>{t('teams.noLeads')}</p>
      ) : (
        <ul className="team-leads">
          {team.leads.map(({ userId, name: lead, email }) => (
            <li key={userId}>
              <p>
                <Link className="table__name" to="/admin/people/$userId" params={{ userId }}>
                  {lead}
                </Link>
                <span className="table__detail">{email}</span>
              </p>
              <IconButton
                label={t('teams.removeLead', { name: lead })}
                onPress={() => {
                  save.mutate({ leadIds: leadIds.filter((id) => id !== userId) });
                }}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <PersonPicker
        key={leadIds.join()}
        label={t('teams.addLead')}
        value={null}
        without={leadIds}
        onChange={(person) => {
          if (person !== null) save.mutate({ leadIds: [...leadIds, person.id] });
        }}
      />
    </Section>
  );
}

function Members({ team, mayManage }: { readonly team: Team; readonly mayManage: boolean }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const navigate = useNavigate();
  const found = useInfiniteQuery(peopleQuery(api, { team: team.id }, { sort: 'name', order: 'asc' }));
  const people = useMemo(() => found.data?.pages.flatMap(({ items }) => items) ?? [], [found.data]);
  const move = useMutation({
    mutationFn: async ({ person, teamId }: { person: Pick<User, 'id' | 'name'>; teamId: string | null }) => {
      const [outcome] = await changePeople(api, { action: 'set_team', teamId }, [person.id]);
      if (outcome?.outcome === 'failed') throw new Error(outcome.detail ?? '');
    },
    onSuccess: (_, { person, teamId }) => {
      toasts.show(t(teamId === null ? 'teams.left' : 'teams.joined', { name: person.name }), 'good', {
        label: t('action.undo'),
        run: () => {
          move.mutate({ person, teamId: teamId === null ? team.id : null });
        },
      });
    },
    onError: () => {
      toasts.show(t('problem.unknown.title'), 'bad');
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: peopleKey });
      await queries.invalidateQueries({ queryKey: teamsKey });
    },
  });
  const columns = useMemo(
    (): readonly DataColumn<User>[] => [
      {
        id: 'name',
        title: t('field.name'),
        width: '2fr',
        minWidth: 200,
        cell: ({ name, email }) => (
          <span className="people__names">
            <span className="table__name">{name}</span>
            <span className="table__detail">{email}</span>
          </span>
        ),
      },
      { id: 'role', title: t('people.role'), cell: ({ role }) => roleName(role) },
      { id: 'status', title: t('people.status'), cell: ({ status }) => <StatusBadge status={status} /> },
    ],
    [],
  );
  return (
    <section className="team-members" aria-label={t('teams.members')}>
      <h2 className="section__title">{t('teams.members')}</h2>
      {mayManage && (
        <div className="team-members__add">
          <PersonPicker
            key={String(team.members)}
            label={t('teams.addMember')}
            description={t('teams.addMemberHint')}
            value={null}
            onChange={(person) => {
              if (person !== null) move.mutate({ person, teamId: team.id });
            }}
          />
        </div>
      )}
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {() =>
          people.length === 0 ? (
            <EmptyState icon={UserRoundX} title={t('teams.empty.title')}>
              {t('teams.empty.text')}
            </EmptyState>
          ) : (
            <DataTable
              label={t('teams.members')}
              rows={people}
              keyOf={({ id }) => id}
              nameOf={({ name }) => name}
              columns={columns}
              onOpen={(userId) => {
                void navigate({ to: '/admin/people/$userId', params: { userId } });
              }}
              more={moreOf(found)}
              rowHeight={64}
            />
          )
        }
      </Answer>
    </section>
  );
}
