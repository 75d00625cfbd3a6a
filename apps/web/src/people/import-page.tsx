import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Download, Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type {
  cancelPeopleImport,
  OutcomeCounts,
  PeopleImport,
  PeopleImportRow,
  PeopleOutcome,
  startPeopleImport,
} from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button } from '../design/button.js';
import { ButtonAnchor } from '../design/button-link.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { SelectField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { ProgressBar } from '../design/progress.js';
import { Skeleton } from '../design/skeleton.js';
import { formatNumber } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { ImportBadge } from './imports-page.js';
import { importQuery, importRowsQuery, importsKey, isAtWork } from './imports.queries.js';
import { peopleKey } from './people.queries.js';
import '../design/table.css';
import './people.css';

const outcomes = ['created', 'updated', 'unchanged', 'failed'] as const;

export function ImportPage() {
  const { importId = '' } = useParams({ strict: false });
  const queries = useQueryClient();
  const run = useQuery(importQuery(useApi(), importId));
  const state = run.data?.state;
  usePageTitle(run.data?.fileName ?? t('people.tab.imports'));
  // Rows and people are others once the import has gone on.
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: [...importsKey, 'rows'] });
    if (state === 'done') void queries.invalidateQueries({ queryKey: peopleKey });
  }, [state, queries]);
  if (!may(useUser(), 'users.manage')) return <Forbidden />;
  return (
    <Answer isPage of={run} skeleton={<Skeleton className="skeleton--list" />}>
      {(data) => <OneImport run={data} />}
    </Answer>
  );
}

function OneImport({ run }: { readonly run: PeopleImport }) {
  const started = run.startedAt !== null;
  const counts = started ? run.applied : run.checked;
  return (
    <>
      <BackLink to="/admin/people/imports">{t('imports.back')}</BackLink>
      <PageHeading title={run.fileName} actions={<ImportBadge state={run.state} />}>
        {t('imports.rowCount', { count: run.rows })}
      </PageHeading>
      <div className="import-steps">
        <Progress run={run} />
        <Tiles counts={counts} started={started} />
        <Next run={run} />
        {run.state !== 'receiving' && <Rows run={run} failed={counts.failed} />}
      </div>
    </>
  );
}

function Progress({ run }: { readonly run: PeopleImport }) {
  if (!isAtWork(run)) return null;
  const done =
    run.state === 'checking'
      ? sumOf(run.checked)
      : run.state === 'running'
        ? sumOf(run.applied)
        : run.invited;
  const all = run.state === 'inviting' ? run.applied.created : run.rows;
  return (
    <div role="status">
      <p>
        {t(`imports.progress.${run.state === 'receiving' ? 'checking' : run.state}` as MessageKey, {
          done,
          all,
        })}
      </p>
      <ProgressBar label={t('imports.progress')} value={all === 0 ? 0 : done / all} />
    </div>
  );
}

function Tiles({ counts, started }: { readonly counts: OutcomeCounts; readonly started: boolean }) {
  return (
    <dl className="import-tiles" aria-label={t(started ? 'imports.result' : 'imports.forecast')}>
      {outcomes.map((outcome) => (
        <div key={outcome} className={`import-tile import-tile--${outcome}`}>
          <dt>{t(started ? `imports.${outcome}` : `imports.will.${outcome}`)}</dt>
          <dd>{formatNumber(counts[outcome])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What can be done now. */
function Next({ run }: { readonly run: PeopleImport }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const [invitations, setInvitations] = useState<'none' | 'new'>('none');
  const took = (data: PeopleImport): void => {
    queries.setQueryData(importQuery(api, run.id).queryKey, data);
  };
  const start = useMutation({
    mutationFn: () =>
      api.send<typeof startPeopleImport>('POST', '/api/v1/user-imports/:importId/start', {
        params: { importId: run.id },
        body: { invitations },
      }),
    onSuccess: ({ data }) => {
      took(data);
    },
  });
  const cancel = useMutation({
    mutationFn: () =>
      api.send<typeof cancelPeopleImport>('POST', '/api/v1/user-imports/:importId/cancel', {
        params: { importId: run.id },
      }),
    onSuccess: ({ data }) => {
      took(data);
    },
  });
  const error = start.error ?? cancel.error;
  const fault = error !== null && (
    <Notice tone="bad" title={t('problem.unknown.title')} live>
      {isProblem(error) && error.status < 500 ? error.detail : t('problem.unknown.text')}
    </Notice>
  );
  if (isAtWork(run)) {
    return (
      <>
        {fault}
        <p>
          <Button
            look="secondary"
            isPending={cancel.isPending}
            onPress={() => {
              cancel.mutate();
            }}
          >
            {t('imports.cancel')}
          </Button>
        </p>
      </>
    );
  }
  if (run.state === 'done') {
    return (
      <Notice tone={run.applied.failed > 0 ? 'warn' : 'good'} title={t('imports.doneTitle')}>
        {run.applied.failed > 0 ? t('imports.doneSome') : t('imports.doneAll')}
        {run.invited > 0 && ` ${t('imports.invited', { count: run.invited })}`}
      </Notice>
    );
  }
  if (run.state === 'cancelled') return <Notice tone="info" title={t('imports.cancelled')} />;
  const useful = run.checked.created + run.checked.updated;
  return (
    <>
      {fault}
      <Notice tone="info" title={t('imports.dryTitle')}>
        {t('imports.dryText')}
        {run.freeSeats !== null && ` ${t('imports.seats', { count: run.freeSeats })}`}
      </Notice>
      <div className="import-actions">
        {may(user, 'users.invite') && run.checked.created > 0 && (
          <SelectField
            label={t('imports.mails')}
            value={invitations}
            onChange={setInvitations}
            options={[
              { value: 'none', label: t('imports.mails.none') },
              { value: 'new', label: t('imports.mails.new') },
            ]}
          />
        )}
        <Button
          icon={<Play aria-hidden />}
          isPending={start.isPending}
          isDisabled={useful === 0}
          onPress={() => {
            start.mutate();
          }}
        >
          {t('imports.start', { count: useful })}
        </Button>
        <Button
          look="quiet"
          isPending={cancel.isPending}
          onPress={() => {
            cancel.mutate();
          }}
        >
          {t('imports.discard')}
        </Button>
      </div>
    </>
  );
}

const rowTones: Readonly<Record<PeopleOutcome, BadgeTone>> = {
  created: 'good',
  updated: 'accent',
  unchanged: 'neutral',
  failed: 'bad',
};

function Rows({ run, failed }: { readonly run: PeopleImport; readonly failed: number }) {
  const [outcome, setOutcome] = useState<PeopleOutcome | 'all'>('all');
  const started = run.startedAt !== null;
  const found = useInfiniteQuery({
    ...importRowsQuery(useApi(), run.id, started ? 'applied' : 'checked', outcome),
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => found.data?.pages.flatMap(({ items }) => items) ?? [], [found.data]);
  const columns = useMemo(() => columnsOf(started), [started]);
  return (
    <section aria-label={t('imports.rowsTitle')}>
      <div className="import-filter">
        <SelectField
          label={t('imports.show')}
          hideLabel
          value={outcome}
          onChange={setOutcome}
          options={[
            { value: 'all', label: t('imports.showAll') },
            ...outcomes.map((value) => ({ value, label: t(`imports.${value}` satisfies MessageKey) })),
          ]}
        />
        {failed > 0 && (
          <ButtonAnchor
            look="secondary"
            icon={<Download aria-hidden />}
            href={`/api/v1/user-imports/${run.id}/errors.csv`}
            download
          >
            {t('imports.errors', { count: failed })}
          </ButtonAnchor>
        )}
      </div>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {() =>
          rows.length === 0 ? (
            <p>{t('imports.noRows')}</p>
          ) : (
            <DataTable
              label={t('imports.rowsTitle')}
              rows={rows}
              keyOf={({ line }) => String(line)}
              nameOf={({ email }) => email}
              columns={columns}
              more={moreOf(found)}
              rowHeight={64}
            />
          )
        }
      </Answer>
    </section>
  );
}

const columnsOf = (started: boolean): readonly DataColumn<PeopleImportRow>[] => [
  {
    id: 'email',
    title: t('field.email'),
    width: '2fr',
    minWidth: 220,
    cell: ({ email, name }) => (
      <span className="people__names">
        <span className="table__name">{email === '' ? '–' : email}</span>
        <span className="table__detail">{name ?? ''}</span>
      </span>
    ),
  },
  {
    id: 'line',
    title: t('imports.line'),
    cell: ({ line }) => formatNumber(line),
    width: 90,
    minWidth: 90,
    align: 'end',
  },
  {
    id: 'outcome',
    title: t('imports.outcome'),
    minWidth: 150,
    cell: ({ outcome }) =>
      outcome === null ? (
        '–'
      ) : (
        <Badge tone={rowTones[outcome]}>
          {t(started ? `imports.${outcome}` : `imports.will.${outcome}`)}
        </Badge>
      ),
  },
  {
    id: 'detail',
    title: t('imports.detail'),
    width: '3fr',
    minWidth: 260,
    cell: ({ code, detail, changes }) =>
      code === null ? (
        changes.map((field) => fieldName(field)).join(', ')
      ) : (
        <span title={detail ?? ''}>{reasonOf(code, detail)}</span>
      ),
  },
];

/** In the reader's language where it has words for the code; else as the server says it. */
function reasonOf(code: string, detail: string | null): string {
  const known = reasons[code];
  return known === undefined ? (detail ?? code) : t(known);
}

const reasons: Readonly<Record<string, MessageKey>> = {
  'user_import.email_invalid': 'imports.reason.email_invalid',
  'user_import.email_missing': 'imports.reason.email_missing',
  'user_import.name_missing': 'imports.reason.name_missing',
  'user_import.role_unknown': 'imports.reason.role_unknown',
  'user_import.manager_self': 'imports.reason.manager_self',
  'user_import.deactivated': 'imports.reason.deactivated',
  'user_import.last_owner': 'imports.reason.last_owner',
  'limit.users_exceeded': 'imports.reason.seats',
  'user.owner_only': 'imports.reason.owner_only',
};

function fieldName(field: string): string {
  const names: Readonly<Record<string, MessageKey>> = {
    name: 'field.name',
    role: 'people.role',
    team: 'people.team',
    department: 'people.department',
    manager: 'people.manager',
  };
  const name = names[field];
  return name === undefined ? field : t(name);
}

const sumOf = ({ created, updated, unchanged, failed }: OutcomeCounts): number =>
  created + updated + unchanged + failed;
