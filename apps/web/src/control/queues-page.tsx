import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { discardJob, FailedJob, QueueSummary, retryJob } from '#libs/contracts/insights';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton, SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { formatMoment } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { Answer } from '../shell/answer.js';
import { failedJobsQuery, queuesKey, queuesQuery } from './control.queries.js';
import './control.css';

/** Work that waits, runs or was given up, by service. */
export function QueuesPage() {
  const queues = useQuery(queuesQuery(useApi()));
  usePageTitle(t('control.queues'));
  return (
    <>
      <PageHeading title={t('control.queues')}>{t('control.queuesLead')}</PageHeading>
      <Answer of={queues} skeleton={<Skeleton className="skeleton--list" />}>
        {(rows) => (
          <>
            <Table
              label={t('control.queues')}
              rows={rows}
              keyOf={({ queue }) => queue}
              columns={[
                { title: t('control.service'), cell: ({ queue }) => queue },
                { title: t('job.waiting'), cell: ({ waiting }) => formatNumber(waiting) },
                { title: t('job.active'), cell: ({ active }) => formatNumber(active) },
                { title: t('job.delayed'), cell: ({ delayed }) => formatNumber(delayed) },
                {
                  title: t('job.failed'),
                  cell: ({ failed }) => (
                    <Badge tone={failed === 0 ? 'good' : 'bad'}>{formatNumber(failed)}</Badge>
                  ),
                },
                {
                  title: t('control.oldest'),
                  cell: ({ oldestSeconds }) => t('control.seconds', { count: Math.round(oldestSeconds) }),
                },
              ]}
            />
            {rows
              .filter(({ failed }) => failed > 0)
              .map(({ queue }) => (
                <FailedJobs key={queue} queue={queue} />
              ))}
          </>
        )}
      </Answer>
    </>
  );
}

function FailedJobs({ queue }: { readonly queue: QueueSummary['queue'] }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [discarding, setDiscarding] = useState<FailedJob | null>(null);
  const jobs = useInfiniteQuery(failedJobsQuery(api, queue));
  const settled = (): void => {
    void queries.invalidateQueries({ queryKey: queuesKey });
  };
  const retry = useMutation({
    mutationFn: async (jobId: string) =>
      api.send<typeof retryJob>('POST', '/api/v1/operator/queues/:queue/failed/:jobId/retry', {
        params: { queue, jobId },
      }),
    onSuccess: () => {
      toasts.show(t('job.retriedToast'));
    },
    onSettled: settled,
  });
  const discard = useMutation({
    mutationFn: async (jobId: string) =>
      api.send<typeof discardJob>('DELETE', '/api/v1/operator/queues/:queue/failed/:jobId', {
        params: { queue, jobId },
      }),
    onSuccess: () => {
      setDiscarding(null);
    },
    onSettled: settled,
  });
  const close = (): void => {
    setDiscarding(null);
  };
  return (
    <Section title={t('job.failedOf', { queue })} lead={t('job.failedLead')}>
      <FormProblem error={retry.error} />
      <Answer of={jobs} skeleton={<SkeletonText lines={3} />}>
        {({ pages }) => (
          <Table
            label={t('job.failedOf', { queue })}
            rows={pages.flatMap((page) => page.items)}
            keyOf={({ id }) => id}
            columns={[
              {
                title: t('job.job'),
                cell: ({ name, reason }) => (
                  <>
                    <span className="table__name">{name}</span>
                    <span className="table__detail">{reason}</span>
                  </>
                ),
              },
              {
                title: t('control.tenant'),
                cell: ({ tenantId }) =>
                  tenantId === null ? (
                    '–'
                  ) : (
                    <Link to="/control/tenants/$tenantId" params={{ tenantId }}>
                      {t('control.open')}
                    </Link>
                  ),
              },
              { title: t('job.attempts'), cell: ({ attempts }) => formatNumber(attempts) },
              {
                title: t('control.when'),
                cell: ({ failedAt, queuedAt }) => formatMoment(failedAt ?? queuedAt),
              },
              {
                title: t('control.actions'),
                cell: (job) => (
                  <span className="control-buttons">
                    <Button
                      look="secondary"
                      size="s"
                      aria-label={t('job.retryOf', { name: job.name })}
                      isPending={retry.isPending && retry.variables === job.id}
                      onPress={() => {
                        retry.mutate(job.id);
                      }}
                    >
                      {t('job.retry')}
                    </Button>
                    <Button
                      look="quiet"
                      size="s"
                      aria-label={t('job.discardOf', { name: job.name })}
                      onPress={() => {
                        setDiscarding(job);
                      }}
                    >
                      {t('job.discard')}
                    </Button>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Answer>
      {discarding !== null && (
        <ConfirmDialog
          title={t('job.discardOf', { name: discarding.name })}
          confirm={t('job.discard')}
          isPending={discard.isPending}
          error={discard.error}
          onConfirm={() => {
            discard.mutate(discarding.id);
          }}
          onClose={close}
        >
          <p>{t('job.discardText')}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
