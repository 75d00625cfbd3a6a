import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FileUp, UserPlus, UserRoundX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { roles, type Role } from '#libs/contracts';
import type { User, UserStatus } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Avatar } from '../design/avatar.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { type Chosen, type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField, SelectField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { useSettled } from '../design/use-settled.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { BulkBar } from './bulk-bar.js';
import { InviteDialog } from './invite-dialog.js';
import { PeopleTabs } from './people-tabs.js';
import {
  type PeopleFilter,
  type PeopleOrder,
  peopleQuery,
  summaryQuery,
  teamNamesQuery,
} from './people.queries.js';
import { roleName } from './role-name.js';
import { StatusBadge, statusNames } from './status-badge.js';
import '../design/table.css';
import './people.css';

export function PeoplePage() {
  const user = useUser();
  usePageTitle(t('nav.people'));
  return may(user, 'users.read') ? <People /> : <Forbidden />;
}

const ALL = 'all';
const statuses: readonly UserStatus[] = ['active', 'invited', 'deactivated'];
const sortIds: readonly PeopleOrder['sort'][] = ['name', 'email', 'last_login', 'created'];

function People() {
  const user = useUser();
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <PageHeading
        title={t('nav.people')}
        actions={
          <>
            {may(user, 'users.manage') && (
              <ButtonLink to="/admin/people/imports" look="secondary" icon={<FileUp aria-hidden />}>
                {t('people.import')}
              </ButtonLink>
            )}
            {may(user, 'users.invite') && (
              <Button
                icon={<UserPlus aria-hidden />}
                onPress={() => {
                  setInviting(true);
                }}
              >
                {t('people.invite')}
              </Button>
            )}
          </>
        }
      >
        {t('people.lead')}
      </PageHeading>
      <PeopleTabs />
      <PeopleList />
      {inviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
    </>
  );
}

function PeopleList() {
  const api = useApi();
  const user = useUser();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const [role, setRole] = useState<Role | typeof ALL>(ALL);
  const [status, setStatus] = useState<UserStatus | typeof ALL>(ALL);
  const [team, setTeam] = useState<string>(ALL);
  const [department, setDepartment] = useState<string>(ALL);
  const [order, setOrder] = useState<PeopleOrder>({ sort: 'name', order: 'asc' });
  const [chosen, setChosen] = useState<Chosen>(new Set<string>());
  const settled = useSettled(words.trim(), 250);
  const filter: PeopleFilter = {
    ...(settled === '' ? {} : { q: settled }),
    ...(role === ALL ? {} : { role }),
    ...(status === ALL ? {} : { status }),
    ...(team === ALL ? {} : { team }),
    ...(department === ALL ? {} : { department }),
  };
  const found = useInfiniteQuery({
    ...peopleQuery(api, filter, order),
    placeholderData: (before) => before,
  });
  const summary = useQuery(summaryQuery(api, filter));
  const teams = useQuery(teamNamesQuery(api));
  const people = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data]);
  const columns = useMemo(() => columnsOf(), []);
  const mayManage = may(user, 'users.manage');
  const narrow = <V extends string>(set: (value: V) => void): ((value: V) => void) => {
    return (value) => {
      set(value);
      setChosen(new Set());
    };
  };
  return (
    <>
      <search className="filters filters--many">
        <SearchField
          label={t('people.search')}
          placeholder={t('people.searchHint')}
          value={words}
          onChange={narrow(setWords)}
        />
        <SelectField
          label={t('people.role')}
          hideLabel
          value={role}
          onChange={narrow<Role | typeof ALL>(setRole)}
          options={[
            { value: ALL, label: t('people.allRoles') },
            ...roles.map((value) => ({ value, label: roleName(value) })),
          ]}
        />
        <SelectField
          label={t('people.status')}
          hideLabel
          value={status}
          onChange={narrow<UserStatus | typeof ALL>(setStatus)}
          options={[
            { value: ALL, label: t('people.allStatuses') },
            ...statuses.map((value) => ({ value, label: t(statusNames[value]) })),
          ]}
        />
        <SelectField
          label={t('people.team')}
          hideLabel
          value={team}
          onChange={narrow(setTeam)}
          options={[
            { value: ALL, label: t('people.allTeams') },
            ...(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <SelectField
          label={t('people.department')}
          hideLabel
          value={department}
          onChange={narrow(setDepartment)}
          options={[
            { value: ALL, label: t('people.allDepartments') },
            ...(summary.data?.departments ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
        />
      </search>
      <p className="people__count" role="status">
        {summary.data === undefined ? ' ' : t('people.count', { count: summary.data.total })}
      </p>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {() =>
          people.length === 0 ? (
            <EmptyState icon={UserRoundX} title={t('people.none.title')}>
              {t('people.none.text')}
            </EmptyState>
          ) : (
            <DataTable
              label={t('nav.people')}
              rows={people}
              keyOf={({ id }) => id}
              nameOf={({ name }) => name}
              columns={columns}
              sort={{
                column: order.sort,
                direction: order.order === 'asc' ? 'ascending' : 'descending',
              }}
              onSort={({ column, direction }) => {
                const sort = sortIds.find((id) => id === column);
                if (sort !== undefined) setOrder({ sort, order: direction === 'ascending' ? 'asc' : 'desc' });
              }}
              {...(mayManage ? { chosen, onChoose: setChosen } : {})}
              onOpen={(userId) => {
                void navigate({ to: '/admin/people/$userId', params: { userId } });
              }}
              more={moreOf(found)}
              rowHeight={64}
            />
          )
        }
      </Answer>
      {mayManage && (
        <BulkBar
          chosen={chosen}
          filter={filter}
          people={people}
          total={summary.data?.total ?? people.length}
          onDone={() => {
            setChosen(new Set());
          }}
        />
      )}
    </>
  );
}

const columnsOf = (): readonly DataColumn<User>[] => [
  {
    id: 'name',
    title: t('field.name'),
    sorts: true,
    width: '2fr',
    minWidth: 220,
    cell: ({ name, email }) => (
      <span className="people__who">
        <Avatar name={name} />
        <span className="people__names">
          <span className="table__name">{name}</span>
          <span className="table__detail" dir="ltr">
            {email}
          </span>
        </span>
      </span>
    ),
  },
  { id: 'role', title: t('people.role'), cell: ({ role }) => roleName(role), minWidth: 120 },
  { id: 'team', title: t('people.team'), cell: ({ team }) => team ?? '–', minWidth: 120 },
  {
    id: 'department',
    title: t('people.department'),
    cell: ({ department }) => department ?? '–',
    minWidth: 120,
  },
  {
    id: 'status',
    title: t('people.status'),
    cell: ({ status }) => <StatusBadge status={status} />,
    minWidth: 120,
  },
  {
    id: 'last_login',
    title: t('people.lastSeen'),
    sorts: true,
    minWidth: 130,
    cell: ({ lastLoginAt }) => (lastLoginAt === null ? t('people.never') : formatAgo(lastLoginAt)),
  },
];
