import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { createConnection, SetupKind } from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { newUuid } from '../api/request.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { PasswordField, SelectField, TextField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden } from '../shell/problem-page.js';
import { browserProviders, type BrowserProvider, guideOf, providerName } from './connection-words.js';
import { OidcClientFields } from './oidc-client-fields.js';
import { connectionsKey } from './security.queries.js';
import { Value } from './value.js';

export function NewConnectionPage() {
  usePageTitle(t('sso.new'));
  return may(useUser(), 'sso.manage') ? <Wizard /> : <Forbidden />;
}

interface Fields {
  readonly name: string;
  readonly provider: BrowserProvider;
  readonly kind: SetupKind;
  readonly mode: 'create' | 'invited';
  readonly metadata: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const empty: Fields = {
  ...{ name: '', provider: 'entra', kind: 'saml', mode: 'invited' },
  ...{ metadata: '', issuer: '', clientId: '', clientSecret: '' },
};

interface PartProps {
  readonly id: string;
  readonly fields: Fields;
  readonly set: (change: Partial<Fields>) => void;
}

/** Who the provider is, what to give it, and what it gives: in the order in which one goes back and forth. */
function Wizard() {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  // Our addresses hang on the id, and the provider asks for them first.
  const [id] = useState(newUuid);
  const [fields, setFields] = useState(empty);
  const create = useMutation({
    mutationFn: () =>
      api.send<typeof createConnection>('POST', '/api/v1/sso/connections', { body: bodyOf(id, fields) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: connectionsKey });
      await navigate({ to: '/admin/sign-in/$connectionId', params: { connectionId: id } });
    },
  });
  const part = {
    ...{ id, fields },
    set: (change: Partial<Fields>) => {
      setFields({ ...fields, ...change });
    },
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <BackLink to="/admin/sign-in">{t('admin.signIn')}</BackLink>
      <PageHeading title={t('sso.new')}>{t('sso.new.lead')}</PageHeading>
      <p>
        <Link to="/admin/sign-in/directory">{t('ldap.newHint')}</Link>
      </p>
      <ProviderPart {...part} />
      <OurSidePart {...part} />
      <TheirSidePart {...part} />
      <FormProblem error={create.error} />
      <div className="form__actions">
        <Button type="submit" isPending={create.isPending}>
          {t('sso.create')}
        </Button>
      </div>
    </form>
  );
}

function ProviderPart({ fields, set }: PartProps) {
  return (
    <Section title={t('sso.step.provider')} lead={t('sso.step.providerLead')}>
      <SelectField
        label={t('sso.provider')}
        value={fields.provider}
        options={browserProviders.map((value) => ({ value, label: providerName(value) }))}
        onChange={(provider) => {
          set({ provider, kind: provider === 'google' ? 'oidc' : fields.kind });
        }}
      />
      <SelectField
        label={t('sso.kind')}
        value={fields.kind}
        options={[
          { value: 'saml', label: 'SAML 2.0' },
          { value: 'oidc', label: 'OpenID Connect' },
        ]}
        onChange={(kind) => {
          set({ kind });
        }}
      />
      <TextField
        label={t('sso.name')}
        description={t('sso.nameAbout')}
        value={fields.name}
        onChange={(name) => {
          set({ name });
        }}
        isRequired
      />
      <SelectField
        label={t('sso.mode')}
        value={fields.mode}
        options={[
          { value: 'invited', label: t('sso.mode.invited') },
          { value: 'create', label: t('sso.mode.create') },
        ]}
        onChange={(mode) => {
          set({ mode });
        }}
      />
    </Section>
  );
}

function OurSidePart({ id, fields: { provider, kind } }: PartProps) {
  const at = (path: string) => `${window.location.origin}/auth/${kind}/${id}/${path}`;
  return (
    <Section title={t('sso.step.ours')} lead={guideOf(provider, kind)}>
      {kind === 'saml' ? (
        <>
          <Value label={t('sso.value.entityId')} value={at('metadata')} />
          <Value label={t('sso.value.acs')} value={at('acs')} />
          <Value label={t('sso.value.slo')} value={at('slo')} />
        </>
      ) : (
        <>
          <Value label={t('sso.value.redirect')} value={at('callback')} />
          <Value label={t('sso.value.backchannel')} value={at('backchannel-logout')} />
          <Value label={t('sso.value.signedOut')} value={`${window.location.origin}/sign-in`} />
        </>
      )}
    </Section>
  );
}

function TheirSidePart({ fields, set }: PartProps) {
  if (fields.kind === 'saml') {
    return (
      <Section title={t('sso.step.theirs')} lead={t('sso.step.metadataLead')}>
        <TextField
          label={t('sso.metadata')}
          description={t('sso.metadataAbout')}
          multiline
          mono
          rows={6}
          value={fields.metadata}
          onChange={(metadata) => {
            set({ metadata });
          }}
          isRequired
        />
      </Section>
    );
  }
  return (
    <Section title={t('sso.step.theirs')} lead={t('sso.step.clientLead')}>
      <OidcClientFields value={fields} onChange={set} />
      <PasswordField
        label={t('sso.clientSecret')}
        autoComplete="off"
        value={fields.clientSecret}
        onChange={(clientSecret) => {
          set({ clientSecret });
        }}
        isRequired
      />
    </Section>
  );
}

function bodyOf(id: string, { kind, provider, mode, ...fields }: Fields) {
  const name = fields.name.trim() === '' ? providerName(provider) : fields.name;
  const common = { id, name, provider, provisioning: { mode } };
  if (kind === 'oidc') {
    const { issuer, clientId, clientSecret } = fields;
    const secret = clientSecret === '' ? {} : { clientSecret };
    return { ...common, kind, oidc: { issuer: issuer.trim(), clientId: clientId.trim(), ...secret } };
  }
  const metadata = fields.metadata.trim();
  const isAddress = /^https?:\/\//.test(metadata);
  return { ...common, kind, saml: isAddress ? { metadataUrl: metadata } : { metadataXml: metadata } };
}
