import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import type { MailState, OutboxMail, retryMail } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField, SelectField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { useSettled } from '../design/use-settled.js';
import { formatMoment } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { Answer } from '../shell/answer.js';
import { mailNames, mailTones } from './control-words.js';
import { mailsKey, mailsQuery, mailSummaryQuery } from './control.queries.js';
import './control.css';

/** The outboxes of all tenants: that mails wait, and why; neither to whom nor what is in them. */
export function MailsPage() {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [state, setState] = useState<MailState | 'all'>('all');
  const [tenant, setTenant] = useState('');
  usePageTitle(t('control.mails'));
  const summary = useQuery(mailSummaryQuery(api));
  const needsTenant = state === 'sent' && tenant.trim() === '';
  const mails = useInfiniteQuery({
    ...mailsQuery(api, state, useSettled(tenant.trim(), 300)),
    enabled: !needsTenant,
  });
  const retry = useMutation({
    mutationFn: async ({ tenantId, mailId }: OutboxMail) =>
      api.send<typeof retryMail>('POST', '/api/v1/operator/tenants/:tenantId/mails/:mailId/retry', {
        params: { tenantId, mailId },
      }),
    onSuccess: () => {
      toasts.show(t('mail.retriedToast'));
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: mailsKey });
    },
  });
  return (
    <>
      <PageHeading title={t('control.mails')}>{t('control.mailsLead')}</PageHeading>
      {summary.data !== undefined && (
        <ul className="control-tiles" aria-label={t('control.atAGlance')}>
          <Tile label={t('mail.waiting')} value={formatNumber(summary.data.waiting)} />
          <Tile label={t('mail.failed')} value={formatNumber(summary.data.failed)} />
          <Tile
            label={t('control.oldest')}
            value={t('control.seconds', { count: Math.round(summary.data.oldestSeconds) })}
          />
        </ul>
      )}
      {summary.data !== undefined && summary.data.unreachable.length > 0 && (
        <Notice tone="warn" title={t('mail.unreachable', { shards: summary.data.unreachable.join(', ') })} />
      )}
      <search className="filters control-filters">
        <SearchField
          label={t('mail.tenant')}
          placeholder={t('mail.tenantHint')}
          value={tenant}
          onChange={setTenant}
        />
        <SelectField
          label={t('control.status')}
          hideLabel
          value={state}
          onChange={setState}
          options={[
            { value: 'all' as const, label: t('control.allStates') },
            ...(['waiting', 'failed', 'sent'] as const).map((value) => ({
              value,
              label: t(mailNames[value]),
            })),
          ]}
        />
      </search>
      <FormProblem error={retry.error} />
      {needsTenant ? (
        <Notice tone="info" title={t('mail.needsTenant')} />
      ) : (
        <Answer of={mails} skeleton={<Skeleton className="skeleton--list" />}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            return rows.length === 0 ? (
              <EmptyState icon={MailCheck} title={t('mail.none')}>
                {t('mail.noneText')}
              </EmptyState>
            ) : (
              <Table
                label={t('control.mails')}
                rows={rows}
                keyOf={({ mailId }) => mailId}
                columns={[
                  { title: t('mail.template'), cell: ({ template }) => template },
                  {
                    title: t('control.tenant'),
                    cell: ({ tenantId }) => (
                      <Link to="/control/tenants/$tenantId" params={{ tenantId }}>
                        {t('control.open')}
                      </Link>
                    ),
                  },
                  {
                    title: t('control.status'),
                    cell: ({ state: of, lastError }) => (
                      <>
                        <Badge tone={mailTones[of]}>{t(mailNames[of])}</Badge>
                        {lastError !== null && <span className="table__detail">{lastError}</span>}
                      </>
                    ),
                  },
                  { title: t('job.attempts'), cell: ({ attempts }) => formatNumber(attempts) },
                  { title: t('control.when'), cell: ({ createdAt }) => formatMoment(createdAt) },
                  {
                    title: t('control.actions'),
                    cell: (mail) =>
                      mail.state === 'sent' ? (
                        '–'
                      ) : (
                        <Button
                          look="secondary"
                          size="s"
                          aria-label={t('job.retryOf', { name: mail.template })}
                          isPending={retry.isPending && retry.variables.mailId === mail.mailId}
                          onPress={() => {
                            retry.mutate(mail);
                          }}
                        >
                          {t('job.retry')}
                        </Button>
                      ),
                  },
                ]}
              />
            );
          }}
        </Answer>
      )}
      {mails.hasNextPage && (
        <p className="more">
          <Button
            look="secondary"
            isPending={mails.isFetchingNextPage}
            onPress={() => {
              void mails.fetchNextPage();
            }}
          >
            {t('action.more')}
          </Button>
        </p>
      )}
    </>
  );
}

function Tile({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <li className="control-tile">
      <span className="control-tile__label">{label}</span>
      <span className="control-tile__value">{value}</span>
    </li>
  );
}
