import { useInfiniteQuery } from '@tanstack/react-query';
import { UserX } from 'lucide-react';
import type { Erasure } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { EmptyState } from '../design/empty-state.js';
import { MoreButton } from '../design/more-button.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { erasuresQuery } from './privacy.queries.js';

export function PrivacyPage() {
  usePageTitle(t('admin.privacy'));
  return may(useUser(), 'users.manage') ? <Erasures /> : <Forbidden />;
}

function Erasures() {
  const found = useInfiniteQuery(erasuresQuery(useApi()));
  return (
    <>
      <PageHeading title={t('admin.privacy')}>{t('privacy.lead')}</PageHeading>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {({ pages }) => {
          const erasures = pages.flatMap(({ items }) => items);
          if (erasures.length === 0) {
            return (
              <EmptyState icon={UserX} title={t('privacy.none.title')}>
                {t('privacy.none.text')}
              </EmptyState>
            );
          }
          return (
            <>
              <Table
                label={t('privacy.erasures')}
                rows={erasures}
                keyOf={({ id }) => id}
                columns={columns()}
              />
              <MoreButton of={found} />
            </>
          );
        }}
      </Answer>
    </>
  );
}

const doneParts = ({ parts }: Erasure) => parts.filter(({ doneAt }) => doneAt !== null);

const columns = () => [
  {
    title: t('privacy.erasure.person'),
    cell: ({ userId }: Erasure) => <code dir="ltr">{userId}</code>,
  },
  { title: t('privacy.erasure.requested'), cell: ({ requestedAt }: Erasure) => formatMoment(requestedAt) },
  {
    title: t('privacy.erasure.state'),
    cell: (erasure: Erasure) =>
      erasure.completedAt === null ? (
        <Badge tone="warn">
          {t('privacy.erasure.underWay', { done: doneParts(erasure).length, all: erasure.parts.length })}
        </Badge>
      ) : (
        <Badge tone="good">{t('privacy.erasure.done', { at: formatMoment(erasure.completedAt) })}</Badge>
      ),
  },
];
