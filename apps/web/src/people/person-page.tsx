import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { User } from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Avatar } from '../design/avatar.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { formatAgo, formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { PersonDataSection } from '../privacy/person-data-section.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { personQuery } from './people.queries.js';
import { roleName } from './role-name.js';
import { StatusBadge } from './status-badge.js';
import './people.css';
import { WhenNear } from '../design/when-near.js';
import { PersonAccess } from './person-access.js';
import { PersonFactors } from './person-factors.js';
import { PersonLearning } from './person-learning.js';
import { PersonProfile } from './person-profile.js';
import { PersonSessions } from './person-sessions.js';
import '../account/sessions.css';

export function PersonPage() {
  const user = useUser();
  const { userId = '' } = useParams({ strict: false });
  const person = useQuery(personQuery(useApi(), userId));
  usePageTitle(person.data?.data.name ?? t('nav.people'));
  if (!may(user, 'users.read')) return <Forbidden />;
  return (
    <Answer isPage of={person} skeleton={<Skeleton className="skeleton--list" />}>
      {({ data, etag }) => <Person key={data.id} person={data} etag={etag ?? ''} />}
    </Answer>
  );
}

function Person({ person, etag }: { readonly person: User; readonly etag: string }) {
  const user = useUser();
  const mayManage = may(user, 'users.manage') && (person.role !== 'owner' || user.role === 'owner');
  return (
    <>
      <BackLink to="/admin/people">{t('person.back')}</BackLink>
      <PageHeading title={person.name} actions={mayManage && <PersonAccess person={person} />}>
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
      {mayManage && <PersonProfile person={person} etag={etag} />}
      {may(user, 'users.manage') && (
        <Section title={t('account.sessions')} lead={t('person.sessionsLead')}>
          <WhenNear skeleton={<Skeleton className="skeleton--sessions" />}>
            <PersonSessions userId={person.id} />
          </WhenNear>
        </Section>
      )}
      {may(user, 'users.manage') && (
        <Section title={t('person.factors')} lead={t('person.factorsLead')}>
          <WhenNear skeleton={<Skeleton className="skeleton--sessions" />}>
            <PersonFactors person={person} />
          </WhenNear>
        </Section>
      )}
      {may(user, 'enrolments.manage') && (
        <Section title={t('person.learning')} lead={t('person.learningLead')}>
          <WhenNear skeleton={<Skeleton className="skeleton--list" />}>
            <PersonLearning userId={person.id} />
          </WhenNear>
        </Section>
      )}
      {mayManage && <PersonDataSection person={person} />}
    </>
  );
}
