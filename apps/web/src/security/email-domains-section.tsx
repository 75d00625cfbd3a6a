import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type {
  addEmailDomain,
  ConnectionView,
  EmailDomainView,
  removeEmailDomain,
  verifyEmailDomain,
} from '#libs/contracts/auth';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { Answer } from '../shell/answer.js';
import { emailDomainsKey, emailDomainsQuery } from './security.queries.js';
import { Value } from './value.js';

const PATH = '/api/v1/sso/email-domains';
const NONE = '';

/** Domains of e-mail addresses: who has such an address is led to the company's sign-in, and is known by it. */
export function EmailDomainsSection({ connections }: { readonly connections: readonly ConnectionView[] }) {
  const found = useQuery(emailDomainsQuery(useApi()));
  return (
    <Section title={t('sso.domains')} lead={t('sso.domains.lead')}>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {(domains) => (
          <ul className="sso-domains" aria-label={t('sso.domains')}>
            {domains.map((domain) => (
              <Domain key={domain.domain} domain={domain} connections={connections} />
            ))}
          </ul>
        )}
      </Answer>
      <AddDomain connections={connections} />
    </Section>
  );
}

function Domain({
  domain: { domain, state, proof, connectionId },
  connections,
}: {
  readonly domain: EmailDomainView;
  readonly connections: readonly ConnectionView[];
}) {
  const api = useApi();
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const reload = () => queries.invalidateQueries({ queryKey: emailDomainsKey });
  const verify = useMutation({
    mutationFn: () =>
      api.send<typeof verifyEmailDomain>('POST', `${PATH}/:domain/verify`, { params: { domain } }),
    onSuccess: reload,
  });
  const remove = useMutation({
    mutationFn: () => api.send<typeof removeEmailDomain>('DELETE', `${PATH}/:domain`, { params: { domain } }),
    onSuccess: reload,
  });
  const leads = connections.find(({ id }) => id === connectionId);
  return (
    <li className="sso-domain">
      <div className="sso-domain__head">
        <h3 dir="ltr">{domain}</h3>
        <Badge tone={state === 'verified' ? 'good' : 'warn'}>
          {t(state === 'verified' ? 'sso.domains.verified' : 'sso.domains.pending')}
        </Badge>
        <span className="sso-domain__to">
          {leads === undefined ? t('sso.domains.toDefault') : t('sso.domains.to', { name: leads.name })}
        </span>
      </div>
      {state === 'pending' && (
        <>
          <p>{t('sso.domains.proof')}</p>
          <Value label={t('sso.domains.recordName')} value={proof.name} />
          <Value label={t('sso.domains.recordValue')} value={proof.value} />
        </>
      )}
      {isProblem(verify.error, 'email_domain.unproved') ? (
        <Notice tone="warn" title={t('sso.domains.unproved')} live>
          {foundInWords(verify.error.details['found'])}
        </Notice>
      ) : (
        <FormProblem
          error={verify.error ?? remove.error}
          say={{ 'email_domain.dns_unavailable': t('sso.domains.silent') }}
        />
      )}
      <div className="form__actions">
        {state === 'pending' && (
          <Button
            look="secondary"
            aria-label={t('sso.domains.checkOf', { domain })}
            isPending={verify.isPending}
            onPress={() => {
              verify.mutate();
            }}
          >
            {t('sso.domains.check')}
          </Button>
        )}
        <Button
          look="quiet"
          aria-label={t('sso.domains.removeOf', { domain })}
          isPending={remove.isPending}
          onPress={() => {
            setAsked(true);
          }}
        >
          {t('sso.domains.remove')}
        </Button>
        {isAsked && (
          <ConfirmDialog
            title={t('sso.domains.removeOf', { domain })}
            confirm={t('sso.domains.remove')}
            isPending={false}
            onConfirm={() => {
              setAsked(false);
              remove.mutate();
            }}
            onClose={() => {
              setAsked(false);
            }}
          >
            <p>{t('sso.domains.removeText')}</p>
          </ConfirmDialog>
        )}
      </div>
    </li>
  );
}

/** What stands in DNS instead of the record. */
function foundInWords(found: unknown): string {
  const records = Array.isArray(found) ? found.map(String) : [];
  if (records.length === 0) return t('sso.domains.foundNothing');
  return t('sso.domains.found', { found: records.join(' · ') });
}

function AddDomain({ connections }: { readonly connections: readonly ConnectionView[] }) {
  const api = useApi();
  const queries = useQueryClient();
  const [domain, setDomain] = useState('');
  const [connectionId, setConnectionId] = useState(NONE);
  const add = useMutation({
    mutationFn: () =>
      api.send<typeof addEmailDomain>('POST', PATH, {
        body: { domain: domain.trim(), connectionId: connectionId === NONE ? null : connectionId },
      }),
    onSuccess: async () => {
      setDomain('');
      await queries.invalidateQueries({ queryKey: emailDomainsKey });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (domain.trim() !== '') add.mutate();
  };
  return (
    <form className="form sso-add" onSubmit={submit} noValidate>
      <FormProblem
        error={add.error}
        say={{
          'email_domain.public': t('sso.domains.public'),
          'email_domain.already_exists': t('sso.domains.exists'),
        }}
      />
      <TextField
        label={t('sso.domains.domain')}
        description={t('sso.domains.domainAbout')}
        value={domain}
        onChange={setDomain}
        mono
        maxLength={253}
        autoComplete="off"
      />
      <SelectField
        label={t('sso.domains.leads')}
        value={connectionId}
        options={[
          { value: NONE, label: t('sso.domains.toDefault') },
          ...connections.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={setConnectionId}
      />
      <div className="form__actions">
        <Button type="submit" look="secondary" isPending={add.isPending}>
          {t('sso.domains.add')}
        </Button>
      </div>
    </form>
  );
}
