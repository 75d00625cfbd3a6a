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
      <search className="people__filters">
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
          <Skeleton className="skeleton--people" />
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
      {people.length > 0 && <PeopleTable people={people} />}
      {found.hasNextPage && (
        <p className="people__more">
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

function PeopleTable({ people }: { readonly people: readonly User[] }) {
  return (
    <table className="people">
      <thead>
        <tr>
          <th scope="col">{t('field.name')}</th>
          <th scope="col">{t('people.role')}</th>
          <th scope="col">{t('people.department')}</th>
          <th scope="col">{t('people.status')}</th>
          <th scope="col">{t('people.lastSeen')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <th scope="row">
              <span className="people__who">
                <Avatar name={person.name} />
                <span className="people__names">
                  <span className="people__name">{person.name}</span>
                  <span className="people__email">{person.email}</span>
                </span>
              </span>
            </th>
            <td data-label={t('people.role')}>{roleName(person.role)}</td>
            <td data-label={t('people.department')}>{person.department ?? '–'}</td>
            <td data-label={t('people.status')}>
              <Badge tone={statusTones[person.status]}>{t(statusNames[person.status])}</Badge>
            </td>
            <td data-label={t('people.lastSeen')}>
              {person.lastLoginAt === null ? t('people.never') : formatAgo(person.lastLoginAt)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

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
