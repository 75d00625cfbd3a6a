import { useInfiniteQuery } from '@tanstack/react-query';
import { UserPlus, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import type { Role } from '#libs/contracts';
import type { User, UserStatus } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Avatar } from '../design/avatar.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField, SelectField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { type Column, Table } from '../design/table.js';
import { useSettled } from '../design/use-settled.js';
import { formatAgo } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden, Problem } from '../shell/problem-page.js';
import { InviteDialog } from './invite-dialog.js';
import { peopleQuery } from './people.queries.js';
import { roleName, roleOrder } from './role-name.js';
import './people.css';

export function PeoplePage() {
  const user = useUser();
  usePageTitle(t('nav.people'));
  return may(user, 'users.read') ? <People mayInvite={may(user, 'users.invite')} /> : <Forbidden />;
}

function People({ mayInvite }: { readonly mayInvite: boolean }) {
  const api = useApi();
  const [words, setWords] = useState('');
  const [role, setRole] = useState<Role | 'all'>('all');
  const [inviting, setInviting] = useState(false);
  const settled = useSettled(words.trim(), 250);
  const found = useInfiniteQuery({
    ...peopleQuery(api, settled, role),
    placeholderData: (previous) => previous,
  });
  const people = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeading
        title={t('nav.people')}
        actions={
          mayInvite && (
            <Button
              icon={<UserPlus aria-hidden />}
              onPress={() => {
                setInviting(true);
              }}
            >
              {t('people.invite')}
            </Button>
          )
        }
      >
        {t('people.lead')}
      </PageHeading>
      <search className="filters">
        <SearchField
          label={t('people.search')}
          placeholder={t('people.searchHint')}
          value={words}
          onChange={setWords}
        />
        <SelectField
          label={t('people.role')}
          hideLabel
          value={role}
          onChange={setRole}
          options={[
            { value: 'all', label: t('people.allRoles') },
            ...roleOrder.map((value) => ({ value, label: roleName(value) })),
          ]}
        />
      </search>
      {found.isPending && (
        <Loading>
          <Skeleton className="skeleton--list" />
        </Loading>
      )}
      {found.isError && (
        <Problem
          level={2}
          error={found.error}
          onRetry={() => {
            void found.refetch();
          }}
        />
      )}
      {found.isSuccess && people.length === 0 && (
        <EmptyState icon={UserRoundX} title={t('people.none.title')}>
          {t('people.none.text')}
        </EmptyState>
      )}
      {people.length > 0 && (
        <Table label={t('nav.people')} rows={people} keyOf={({ id }) => id} columns={columns} />
      )}
      {found.hasNextPage && (
        <p className="more">
          <Button
            look="secondary"
            isPending={found.isFetchingNextPage}
            onPress={() => {
              void found.fetchNextPage();
            }}
          >
            {t('action.more')}
          </Button>
        </p>
      )}
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

const columns: readonly Column<User>[] = [
  {
    title: t('field.name'),
    cell: ({ name, email }) => (
      <span className="people__who">
        <Avatar name={name} />
        <span className="people__names">
          <span className="table__name">{name}</span>
          <span className="table__detail">{email}</span>
        </span>
      </span>
    ),
  },
  { title: t('people.role'), cell: ({ role }) => roleName(role) },
  { title: t('people.department'), cell: ({ department }) => department ?? '–' },
  {
    title: t('people.status'),
    cell: ({ status }) => <Badge tone={statusTones[status]}>{t(statusNames[status])}</Badge>,
  },
  {
    title: t('people.lastSeen'),
    cell: ({ lastLoginAt }) => (lastLoginAt === null ? t('people.never') : formatAgo(lastLoginAt)),
  },
];

const statusTones: Readonly<Record<UserStatus, BadgeTone>> = {
  active: 'good',
  invited: 'accent',
  deactivated: 'neutral',
};
const statusNames: Readonly<Record<UserStatus, MessageKey>> = {
  active: 'people.active',
  invited: 'people.invited',
  deactivated: 'people.deactivated',
};
