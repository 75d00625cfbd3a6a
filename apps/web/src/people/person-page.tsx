import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Laptop, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { roles, type Role } from '#libs/contracts';
import type {
  deactivateUser,
  endUserSession,
  endUserSessions,
  reactivateUser,
  updateUser,
  User,
} from '#libs/contracts/auth';
import { deviceOf } from '../account/device-name.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Avatar } from '../design/avatar.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { SelectField, TextField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { ProgressBar } from '../design/progress.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { DraftOffer } from '../drafts/draft-offer.js';
import { useLocalDraft } from '../drafts/use-local-draft.js';
import { formatAgo, formatMoment, formatShortDay } from '../language/dates.js';
import { formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { ConflictNotice } from '../settings/conflict-notice.js';
import { Forbidden } from '../shell/problem-page.js';
import {
  learningOfQuery,
  peopleKey,
  personQuery,
  sessionsOfQuery,
  teamNamesQuery,
} from './people.queries.js';
import { type PickedPerson, PersonPicker } from './person-picker.js';
import { roleName } from './role-name.js';
import { StatusBadge } from './status-badge.js';
import './people.css';

export function PersonPage() {
  const user = useUser();
  const { userId = '' } = useParams({ strict: false });
  const person = useQuery(personQuery(useApi(), userId));
  usePageTitle(person.data?.data.name ?? t('nav.people'));
  if (!may(user, 'users.read')) return <Forbidden />;
  return (
    <Answer of={person} skeleton={<Skeleton className="skeleton--list" />}>
      {({ data, etag }) => <Person key={data.id} person={data} etag={etag ?? ''} />}
    </Answer>
  );
}

function Person({ person, etag }: { readonly person: User; readonly etag: string }) {
  const user = useUser();
  const mayManage = may(user, 'users.manage') && (person.role !== 'owner' || user.role === 'owner');
  return (
    <>
      <p className="back-link">
        <Link to="/admin/people">{t('person.back')}</Link>
      </p>
      <PageHeading title={person.name} actions={mayManage && <AccessButton person={person} />}>
        {person.email}
      </PageHeading>
      <div className="person-page__head">
        <Avatar name={person.name} size="l" />
        <dl className="person-page__facts">
          <div>
            <dt className="visually-hidden">{t('people.status')}</dt>
            <dd>
              <StatusBadge status={person.status} />
            </dd>
          </div>
          <div>
            <dt>{t('people.role')}</dt> <dd>{roleName(person.role)}</dd>
          </div>
          <div>
            <dt>{t('people.lastSeen')}</dt>{' '}
            <dd>{person.lastLoginAt === null ? t('people.never') : formatAgo(person.lastLoginAt)}</dd>
          </div>
          <div>
            <dt>{t('person.since')}</dt> <dd>{formatShortDay(person.createdAt)}</dd>
          </div>
        </dl>
      </div>
      {mayManage && <ProfileSection person={person} etag={etag} />}
      {may(user, 'users.manage') && <SessionsSection person={person} />}
      {may(user, 'enrolments.manage') && <LearningSection person={person} />}
    </>
  );
}

function AccessButton({ person }: { readonly person: User }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const toasts = useToasts();
  const { id, name, status } = person;
  const settled = () => queries.invalidateQueries({ queryKey: peopleKey });
  const failed = (error: unknown) => {
    toasts.show(isProblem(error) && error.status < 500 ? error.detail : t('problem.unknown.title'), 'bad');
  };
  const reactivate = useMutation({
    mutationFn: () =>
      api.send<typeof reactivateUser>('POST', '/api/v1/users/:userId/reactivate', { params: { userId: id } }),
    onSuccess: () => {
      toasts.show(t('person.reactivated', { name }));
    },
    onError: failed,
    onSettled: settled,
  });
  const deactivate = useMutation({
    mutationFn: () =>
      api.send<typeof deactivateUser>('POST', '/api/v1/users/:userId/deactivate', { params: { userId: id } }),
    onSuccess: () => {
      toasts.show(t('person.deactivated', { name }), 'good', {
        label: t('action.undo'),
        run: () => {
          reactivate.mutate();
        },
      });
    },
    onError: failed,
    onSettled: settled,
  });
  if (id === user.id) return null;
  return status === 'deactivated' ? (
    <Button
      isPending={reactivate.isPending}
      onPress={() => {
        reactivate.mutate();
      }}
    >
      {t('people.reactivate')}
    </Button>
  ) : (
    <Button
      look="danger"
      isPending={deactivate.isPending}
      onPress={() => {
        deactivate.mutate();
      }}
    >
      {t('people.deactivate')}
    </Button>
  );
}

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

function ProfileSection({ person, etag }: { readonly person: User; readonly etag: string }) {
  const manager = useQuery({
    ...personQuery(useApi(), person.managerId ?? ''),
    enabled: person.managerId !== null,
  });
  if (person.managerId !== null && manager.isPending) return <Skeleton className="skeleton--list" />;
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

function SessionsSection({ person }: { readonly person: User }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const sessions = useQuery(sessionsOfQuery(api, person.id));
  const ended = {
    onSuccess: () => {
      toasts.show(t('sessions.ended'));
    },
    onError: (error: unknown) => {
      toasts.show(isProblem(error) && error.status < 500 ? error.detail : t('problem.unknown.title'), 'bad');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsOfQuery(api, person.id).queryKey }),
  };
  const end = useMutation({
    mutationFn: (sessionId: string) =>
      api.send<typeof endUserSession>('DELETE', '/api/v1/users/:userId/sessions/:sessionId', {
        params: { userId: person.id, sessionId },
      }),
    ...ended,
  });
  const endAll = useMutation({
    mutationFn: () =>
      api.send<typeof endUserSessions>('DELETE', '/api/v1/users/:userId/sessions', {
        params: { userId: person.id },
      }),
    ...ended,
  });
  return (
    <Section title={t('account.sessions')} lead={t('person.sessionsLead')}>
      <Answer of={sessions} skeleton={<Skeleton className="skeleton--sessions" />}>
        {(items) =>
          items.length === 0 ? (
            <p>{t('person.noSessions')}</p>
          ) : (
            <>
              <ul className="device-list">
                {items.map((session) => {
                  const { browser, system, isPhone } = deviceOf(session.userAgent);
                  const known = [browser, system].filter((part) => part !== null).join(' · ');
                  const name = known === '' ? t('sessions.unknownDevice') : known;
                  return (
                    <li key={session.id}>
                      {isPhone ? <Smartphone aria-hidden /> : <Laptop aria-hidden />}
                      <p>
                        <span className="table__name">{name}</span>
                        <span className="table__detail">
                          {t('sessions.seen', { when: formatAgo(session.lastSeenAt) })} · {session.ip ?? ''} ·{' '}
                          {formatMoment(session.startedAt)}
                        </span>
                      </p>
                      <Button
                        look="secondary"
                        size="s"
                        aria-label={t('sessions.endOf', { name })}
                        isPending={end.isPending && end.variables === session.id}
                        onPress={() => {
                          end.mutate(session.id);
                        }}
                      >
                        {t('sessions.end')}
                      </Button>
                    </li>
                  );
                })}
              </ul>
              <p className="sessions__all">
                <Button
                  look="secondary"
                  isPending={endAll.isPending}
                  onPress={() => {
                    endAll.mutate();
                  }}
                >
                  {t('person.endSessions')}
                </Button>
              </p>
            </>
          )
        }
      </Answer>
    </Section>
  );
}

function LearningSection({ person }: { readonly person: User }) {
  const learning = useQuery(learningOfQuery(useApi(), person.id));
  return (
    <Section title={t('person.learning')} lead={t('person.learningLead')}>
      <Answer of={learning} skeleton={<Skeleton className="skeleton--list" />}>
        {({ courses }) =>
          courses.length === 0 ? (
            <p>{t('person.noCourses')}</p>
          ) : (
            <Table
              label={t('person.learning')}
              rows={courses}
              keyOf={({ enrolmentId }) => enrolmentId}
              columns={[
                {
                  title: t('person.course'),
                  cell: ({ courseTitle }) => <span className="table__name">{courseTitle}</span>,
                },
                {
                  title: t('person.progress'),
                  cell: ({ progress, courseTitle }) => (
                    <span className="people__names">
                      {formatPercent(progress)}
                      <ProgressBar label={courseTitle} value={progress} />
                    </span>
                  ),
                },
                {
                  title: t('person.due'),
                  cell: ({ dueAt, overdue }) =>
                    dueAt === null ? (
                      '–'
                    ) : overdue ? (
                      <Badge tone="bad">{formatShortDay(dueAt)}</Badge>
                    ) : (
                      formatShortDay(dueAt)
                    ),
                },
              ]}
            />
          )
        }
      </Answer>
    </Section>
  );
}
