import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type {
  ConnectionView,
  LdapSyncChange,
  LdapSyncView,
  LdapView,
  startLdapSync,
  updateConnection,
} from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button } from '../design/button.js';
import { CheckField } from '../design/check-field.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { formatMoment } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { Answer } from '../shell/answer.js';
import { reasonText } from './connection-words.js';
import { directoryFields, directoryInput } from './directory-form.js';
import {
  connectionsKey,
  directoryRunQuery,
  directoryRunsKey,
  directoryRunsQuery,
} from './security.queries.js';

interface SyncProps {
  readonly connection: ConnectionView;
  readonly ldap: LdapView;
  readonly etag: string;
}

/** How people of a directory are taken over before they sign in. */
export function DirectorySync({ connection, ldap, etag }: SyncProps) {
  return (
    <Section title={t('ldap.sync')} lead={t('ldap.sync.lead')}>
      <Runs connectionId={connection.id} />
      <Settings key={etag} connection={connection} ldap={ldap} etag={etag} />
    </Section>
  );
}

const problemKeys: Readonly<Record<string, MessageKey>> = {
  'ldap_sync.not_previewed': 'ldap.sync.problem.preview',
  'ldap_sync.too_many_deactivated': 'ldap.sync.problem.tooMany',
  'ldap_sync.nobody_found': 'ldap.sync.problem.nobody',
  'ldap_sync.given_up': 'ldap.sync.problem.givenUp',
};
const startProblems = () => ({
  'ldap_sync.not_previewed': t('ldap.sync.problem.preview'),
  'ldap_sync.not_tested': t('sso.notTested'),
  'ldap_sync.busy': t('ldap.sync.busy'),
});

function Runs({ connectionId }: { readonly connectionId: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const found = useQuery(directoryRunsQuery(api, connectionId));
  const start = useMutation({
    mutationFn: (body: { kind: 'preview' | 'apply'; allowDeactivations?: number }) => {
      const path = `/api/v1/sso/connections/${connectionId}/ldap/syncs`;
      return api.send<typeof startLdapSync>('POST', path, { body });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: directoryRunsKey(connectionId) }),
  });
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ items, nextAt }) => {
        const [last] = items;
        const isBusy = last !== undefined && (last.state === 'waiting' || last.state === 'running');
        const mayLet = last !== undefined && last.problem?.code === 'ldap_sync.too_many_deactivated';
        return (
          <div className="directory-fields">
            <FormProblem error={start.error} say={startProblems()} />
            <div className="form__actions">
              <Button
                look="secondary"
                isPending={start.isPending || isBusy}
                onPress={() => {
                  start.mutate({ kind: 'preview' });
                }}
              >
                {t('ldap.sync.preview')}
              </Button>
              <Button
                look="secondary"
                isPending={start.isPending || isBusy}
                onPress={() => {
                  start.mutate({ kind: 'apply' });
                }}
              >
                {t('ldap.sync.apply')}
              </Button>
              {mayLet && !isBusy && (
                <Button
                  look="danger"
                  isPending={start.isPending}
                  onPress={() => {
                    start.mutate({ kind: 'apply', allowDeactivations: last.gone });
                  }}
                >
                  {t('ldap.sync.letGo', { count: last.gone })}
                </Button>
              )}
              <span>
                {nextAt === null ? t('ldap.sync.byHand') : t('ldap.sync.next', { at: formatMoment(nextAt) })}
              </span>
            </div>
            {last !== undefined && <LastRun connectionId={connectionId} run={last} />}
            {items.length > 0 && <RunTable runs={items} />}
          </div>
        );
      }}
    </Answer>
  );
}

const stateKeys = {
  waiting: 'ldap.sync.state.waiting',
  running: 'ldap.sync.state.running',
  succeeded: 'ldap.sync.state.succeeded',
  stopped: 'ldap.sync.state.stopped',
  failed: 'ldap.sync.state.failed',
} as const satisfies Readonly<Record<LdapSyncView['state'], MessageKey>>;
const stateTones: Readonly<Record<LdapSyncView['state'], BadgeTone>> = {
  waiting: 'neutral',
  running: 'accent',
  succeeded: 'good',
  stopped: 'warn',
  failed: 'bad',
};
const kindKeys = { preview: 'ldap.sync.kind.preview', apply: 'ldap.sync.kind.apply' } as const;

function RunTable({ runs }: { readonly runs: readonly LdapSyncView[] }) {
  return (
    <Table
      label={t('ldap.sync.runs')}
      rows={runs}
      keyOf={({ id }) => id}
      columns={[
        { title: t('ldap.sync.at'), cell: ({ requestedAt }) => formatMoment(requestedAt) },
        {
          title: t('ldap.sync.kind'),
          cell: ({ kind, cause }) => (cause === 'schedule' ? t('ldap.sync.kind.clock') : t(kindKeys[kind])),
        },
        {
          title: t('sso.state'),
          cell: ({ state }) => <Badge tone={stateTones[state]}>{t(stateKeys[state])}</Badge>,
        },
        { title: t('ldap.sync.outcome'), cell: outcomeOf },
      ]}
    />
  );
}

/** What there is to say of it: what is nought is left out. */
function outcomeOf({ counts, finishedAt }: LdapSyncView): string {
  if (finishedAt === null) return '–';
  const told = [
    [t('ldap.sync.created'), counts.created],
    [t('ldap.sync.updated'), counts.updated + counts.reactivated],
    [t('ldap.sync.deactivated'), counts.deactivated],
    [t('ldap.sync.unchanged'), counts.unchanged],
    [t('ldap.sync.leftOut'), counts.skipped + counts.failed],
  ] as const;
  const parts = told.filter(([, count]) => count > 0);
  return parts.map(([name, count]) => `${name}: ${formatNumber(count)}`).join(', ') || '–';
}

const changeKeys = {
  create: 'ldap.sync.change.create',
  update: 'ldap.sync.change.update',
  reactivate: 'ldap.sync.change.reactivate',
  deactivate: 'ldap.sync.change.deactivate',
  skip: 'ldap.sync.change.skip',
  fail: 'ldap.sync.change.fail',
} as const satisfies Readonly<Record<LdapSyncChange['change'], MessageKey>>;
const whyKeys: Readonly<Record<string, MessageKey>> = {
  not_in_directory: 'ldap.sync.why.gone',
  owner_kept: 'ldap.sync.why.owner',
  break_glass_kept: 'ldap.sync.why.breakGlass',
};
const fieldKeys: Readonly<Record<string, MessageKey>> = {
  identity: 'ldap.sync.field.identity',
  name: 'ldap.sync.field.name',
  email: 'ldap.sync.field.email',
  department: 'ldap.sync.field.department',
  role: 'ldap.sync.field.role',
  team: 'ldap.sync.field.team',
};

function LastRun({ connectionId, run }: { readonly connectionId: string; readonly run: LdapSyncView }) {
  const found = useQuery({
    ...directoryRunQuery(useApi(), connectionId, run.id),
    enabled: run.finishedAt !== null,
  });
  const { problem } = run;
  const people = found.data?.people ?? [];
  return (
    <div className="directory-fields" aria-live="polite">
      {problem !== null && (
        <Notice
          tone={run.state === 'failed' ? 'bad' : 'warn'}
          title={
            problemKeys[problem.code] === undefined
              ? reasonText(problem.code)
              : t(problemKeys[problem.code] ?? 'ldap.sync')
          }
        >
          {problem.code === 'ldap_sync.too_many_deactivated' ? (
            <p>{t('ldap.sync.problem.numbers', { gone: run.gone, known: run.known })}</p>
          ) : (
            problem.detail !== '' &&
            problemKeys[problem.code] === undefined && <code dir="ltr">{problem.detail}</code>
          )}
        </Notice>
      )}
      {run.finishedAt !== null && problem === null && people.length === 0 && found.isSuccess && (
        <p>{t('ldap.sync.nothing')}</p>
      )}
      {people.length > 0 && (
        <details className="sso-raw">
          <summary>{t(run.kind === 'preview' ? 'ldap.sync.wouldBe' : 'ldap.sync.were')}</summary>
          <Table
            label={t('ldap.sync.people')}
            rows={people.map((one, at) => ({ ...one, at }))}
            keyOf={({ at }) => String(at)}
            columns={[
              { title: t('sso.attempt.who'), cell: ({ name, email }) => `${name ?? '–'} ${email ?? ''}` },
              { title: t('ldap.sync.change'), cell: ({ change }) => t(changeKeys[change]) },
              { title: t('ldap.sync.why'), cell: whyOf },
            ]}
          />
        </details>
      )}
    </div>
  );
}

function whyOf({ reason, fields }: LdapSyncChange): string {
  if (reason !== null) {
    const key = whyKeys[reason];
    return key === undefined ? reasonText(reason) : t(key);
  }
  return (
    fields.map((field) => (fieldKeys[field] === undefined ? field : t(fieldKeys[field]))).join(', ') || '–'
  );
}

function Settings({ connection: { id }, ldap, etag }: SyncProps) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [sync, setSync] = useState(ldap.sync);
  const [percent, setPercent] = useState(String(ldap.sync.mostDeactivatedPercent));
  const set = (change: Partial<LdapView['sync']>) => {
    setSync({ ...sync, ...change });
  };
  const save = useMutation({
    mutationFn: () => {
      const filter = sync.filter?.trim() === '' ? null : sync.filter;
      const wanted = { ...sync, filter, mostDeactivatedPercent: Number(percent) };
      return api.send<typeof updateConnection>('PATCH', `/api/v1/sso/connections/${id}`, {
        body: { ldap: { ...directoryInput(directoryFields(ldap), ldap), sync: wanted } },
        ifMatch: etag,
      });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: connectionsKey });
      toasts.show(t('sso.saved'));
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="directory-fields" onSubmit={submit} noValidate>
      <SelectField
        label={t('ldap.sync.every')}
        value={sync.every}
        options={[
          { value: 'off', label: t('ldap.sync.every.off') },
          { value: 'hourly', label: t('ldap.sync.every.hourly') },
          { value: 'daily', label: t('ldap.sync.every.daily') },
        ]}
        onChange={(every) => {
          set({ every });
        }}
      />
      <TextField
        label={t('ldap.sync.filter')}
        description={t('ldap.sync.filterAbout')}
        mono
        value={sync.filter ?? ''}
        onChange={(filter) => {
          set({ filter: filter === '' ? null : filter });
        }}
        spellCheck="false"
      />
      <TextField
        label={t('ldap.sync.percent')}
        description={t('ldap.sync.percentAbout')}
        inputMode="numeric"
        value={percent}
        onChange={setPercent}
      />
      {ldap.groups !== null && (
        <CheckField
          isSelected={sync.teams}
          onChange={(teams) => {
            set({ teams });
          }}
          description={t('ldap.sync.teamsAbout')}
        >
          {t('ldap.sync.teams')}
        </CheckField>
      )}
      <FormProblem error={save.error} />
      <div className="form__actions">
        <Button type="submit" look="secondary" isPending={save.isPending}>
          {t('ldap.sync.save')}
        </Button>
      </div>
    </form>
  );
}
