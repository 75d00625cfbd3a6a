import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Globe, Plus, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type {
  addDomain,
  checkDomain,
  Domain,
  DomainCheck,
  DomainState,
  listDomains,
  removeDomain,
} from '#libs/contracts/tenants';
import { type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button } from '../design/button.js';
import { CopyValue } from '../design/copy-value.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { FormDialog } from '../forms/form-dialog.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import './domains.css';

const domainsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['domains'],
    queryFn: async ({ signal }) => (await api.read<typeof listDomains>('/api/v1/domains', { signal })).items,
  });

export function DomainsPage() {
  usePageTitle(t('admin.domains'));
  return may(useUser(), 'tenant.manage') ? <Domains /> : <Forbidden />;
}

function Domains() {
  const domains = useQuery(domainsQuery(useApi()));
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeading
        title={t('admin.domains')}
        actions={
          <Button
            icon={<Plus aria-hidden />}
            onPress={() => {
              setAdding(true);
            }}
          >
            {t('domains.add')}
          </Button>
        }
      >
        {t('domains.lead')}
      </PageHeading>
      <Answer of={domains} skeleton={<Skeleton className="skeleton--list" />}>
        {(items) => {
          const home = items.find(({ kind }) => kind === 'subdomain')?.host ?? '';
          return (
            <ul className="domains" aria-label={t('admin.domains')}>
              {items.map((domain) => (
                <DomainCard key={domain.host} domain={domain} home={home} />
              ))}
            </ul>
          );
        }}
      </Answer>
      {adding && (
        <AddDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </>
  );
}

const tones: Readonly<Record<DomainState, BadgeTone>> = { pending: 'warn', verified: 'good', lapsed: 'bad' };

function DomainCard({ domain, home }: { readonly domain: Domain; readonly home: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const check = useMutation({
    mutationFn: () =>
      api.send<typeof checkDomain>('POST', '/api/v1/domains/:host/check', { params: { host: domain.host } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: domainsQuery(api).queryKey }),
  });
  const { host, kind, state, proof, lastCheckedAt } = domain;
  return (
    <li className="domain">
      <div className="domain__head">
        <Globe aria-hidden className="domain__icon" />
        <div className="domain__name">
          <h2 dir="ltr">{host}</h2>
          <p>
            {kind === 'subdomain'
              ? t('domains.subdomain')
              : lastCheckedAt === null
                ? t('domains.neverChecked')
                : t('domains.checked', { when: formatAgo(lastCheckedAt) })}
          </p>
        </div>
        <Badge tone={tones[state]}>{t(`domains.state.${state}`)}</Badge>
      </div>
      {proof !== null && (
        <>
          <p className="domain__text">{t(`domains.text.${state}`)}</p>
          <div className="dns">
            <DnsRecord title={t('domains.proof')} type="TXT" name={proof.name} value={proof.value} />
            <DnsRecord title={t('domains.routing')} type="CNAME" name={host} value={home} />
          </div>
          {check.isError && (
            <Notice tone="bad" title={t('problem.unknown.title')} live>
              {isProblem(check.error) && check.error.status < 500
                ? check.error.detail
                : t('problem.unknown.text')}
            </Notice>
          )}
          {check.data !== undefined && <Finding check={check.data.data} />}
          <div className="domain__actions">
            <Button
              look={state === 'verified' ? 'secondary' : 'primary'}
              icon={<RefreshCw aria-hidden />}
              isPending={check.isPending}
              aria-label={t('domains.checkOf', { host })}
              onPress={() => {
                check.mutate();
              }}
            >
              {t('domains.check')}
            </Button>
            <Button
              look="quiet"
              aria-label={t('domains.removeOf', { host })}
              onPress={() => {
                setRemoving(true);
              }}
            >
              {t('domains.remove')}
            </Button>
          </div>
        </>
      )}
      {removing && (
        <RemoveDialog
          host={host}
          onClose={() => {
            setRemoving(false);
          }}
        />
      )}
    </li>
  );
}

interface DnsRecordProps {
  readonly title: string;
  readonly type: string;
  readonly name: string;
  readonly value: string;
}

function DnsRecord({ title, type, name, value }: DnsRecordProps) {
  return (
    <section className="dns__record" aria-label={title}>
      <h3>
        {title} <Badge>{type}</Badge>
      </h3>
      <CopyValue label={t('domains.recordName')} value={name} />
      <CopyValue label={t('domains.recordValue')} value={value} />
    </section>
  );
}

/** What was found, in words: of both records, and what it means. */
function Finding({ check: { answered, proof, routing } }: { readonly check: DomainCheck }) {
  if (!answered) {
    return (
      <Notice tone="warn" title={t('domains.noAnswer.title')} live>
        {t('domains.noAnswer.text')}
      </Notice>
    );
  }
  const tone = proof.found ? (routing.found ? 'good' : 'warn') : 'warn';
  return (
    <Notice tone={tone} title={t(proof.found ? 'domains.proved' : 'domains.notProved')} live>
      <ul className="findings">
        <li>
          {proof.found
            ? t('domains.found.proof')
            : proof.records.length === 0
              ? t('domains.found.noProof')
              : t('domains.found.otherProof', { records: quoted(proof.records) })}
        </li>
        <li>
          {routing.found
            ? t('domains.found.routing', { target: routing.expected })
            : routing.records.length === 0
              ? t('domains.found.noRouting', { target: routing.expected })
              : t('domains.found.otherRouting', {
                  records: quoted(routing.records),
                  target: routing.expected,
                })}
        </li>
      </ul>
    </Notice>
  );
}

const quoted = (records: readonly string[]): string => records.map((record) => `“${record}”`).join(', ');

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [host, setHost] = useState('');
  const [tried, setTried] = useState(false);
  const add = useMutation({
    mutationFn: () => api.send<typeof addDomain>('POST', '/api/v1/domains', { body: { host: host.trim() } }),
    onSuccess: async ({ data }) => {
      await queries.invalidateQueries({ queryKey: domainsQuery(api).queryKey });
      toasts.show(t('domains.added', { host: data.host }));
      onClose();
    },
  });
  const submit = (): void => {
    setTried(true);
    if (host.trim() !== '') add.mutate();
  };
  return (
    <FormDialog
      title={t('domains.add')}
      submit={t('domains.add')}
      isPending={add.isPending}
      error={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('domains.host')}
        description={t('domains.hostHint')}
        placeholder={t('domains.hostExample')}
        value={host}
        onChange={setHost}
        isRequired
        mono
        maxLength={253}
        autoComplete="off"
        error={tried && host.trim() === '' ? t('form.required') : fieldErrors(add.error)['host']}
      />
    </FormDialog>
  );
}

function RemoveDialog({ host, onClose }: { readonly host: string; readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const remove = useMutation({
    mutationFn: () => api.send<typeof removeDomain>('DELETE', '/api/v1/domains/:host', { params: { host } }),
    onSuccess: () => {
      toasts.show(t('domains.removed', { host }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: domainsQuery(api).queryKey }),
  });
  return (
    <ConfirmDialog
      title={t('domains.removeOf', { host })}
      confirm={t('domains.remove')}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => {
        remove.mutate();
      }}
      onClose={onClose}
    >
      <p>{t('domains.removeText')}</p>
    </ConfirmDialog>
  );
}
