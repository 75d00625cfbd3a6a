import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type {
  CertificateView,
  ConnectionView,
  refreshConnection,
  rotateConnectionKey,
  updateConnection,
} from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { CheckField } from '../design/check-field.js';
import { PasswordField, SelectField, TextField } from '../design/field.js';
import { Section } from '../design/section.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { formatDay, formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { OidcClientFields } from './oidc-client-fields.js';
import { connectionsKey } from './security.queries.js';

interface SectionProps {
  readonly connection: ConnectionView;
  readonly etag: string;
}
type Saml = NonNullable<ConnectionView['saml']>;
type Oidc = NonNullable<ConnectionView['oidc']>;

/** What is known of the provider, to be changed. */
export function ProviderSection({ connection, etag }: SectionProps) {
  if (connection.saml !== null) {
    return <SamlForm connection={connection} etag={etag} saml={connection.saml} />;
  }
  if (connection.oidc !== null) {
    return <OidcForm connection={connection} etag={etag} oidc={connection.oidc} />;
  }
  return null;
}

function useSave({ connection: { id }, etag }: SectionProps) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: (body: object) =>
      api.send<typeof updateConnection>('PATCH', `/api/v1/sso/connections/${id}`, { body, ifMatch: etag }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: connectionsKey });
      toasts.show(t('sso.saved'));
    },
  });
}

function SamlForm({ connection, etag, saml }: SectionProps & { readonly saml: Saml }) {
  const save = useSave({ connection, etag });
  const [name, setName] = useState(connection.name);
  const [metadata, setMetadata] = useState(saml.idp.metadataUrl ?? '');
  const { signRequests, signed, allowIdpInitiated, nameIdFormat, forceAuthn, allowSha1 } = saml;
  const given = { signRequests, signed, allowIdpInitiated, nameIdFormat, forceAuthn, allowSha1 };
  const [policy, setPolicy] = useState(given);
  const set = (change: Partial<typeof given>) => {
    setPolicy({ ...policy, ...change });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate({ name, saml: { ...policy, ...metadataOf(metadata, saml) } });
  };
  return (
    <Section title={t('sso.provider.settings')} lead={t('sso.provider.settingsLead')}>
      <form className="form" onSubmit={submit} noValidate>
        <TextField label={t('sso.name')} value={name} onChange={setName} isRequired />
        <TextField
          label={t('sso.metadata')}
          description={t('sso.metadataAbout')}
          multiline
          mono
          rows={3}
          value={metadata}
          onChange={setMetadata}
        />
        <SelectField
          label={t('sso.signed')}
          value={policy.signed}
          options={[
            { value: 'either', label: t('sso.signed.either') },
            { value: 'assertion', label: t('sso.signed.assertion') },
            { value: 'response', label: t('sso.signed.response') },
            { value: 'both', label: t('sso.signed.both') },
          ]}
          onChange={(signed) => {
            set({ signed });
          }}
        />
        <SelectField
          label={t('sso.nameId')}
          value={policy.nameIdFormat}
          options={[
            { value: 'unspecified', label: t('sso.nameId.unspecified') },
            { value: 'persistent', label: t('sso.nameId.persistent') },
            { value: 'email', label: t('sso.nameId.email') },
          ]}
          onChange={(nameIdFormat) => {
            set({ nameIdFormat });
          }}
        />
        {samlSwitches().map(({ name: of, label, about }) => (
          <CheckField
            key={of}
            isSelected={policy[of]}
            description={about}
            onChange={(on) => {
              set({ [of]: on });
            }}
          >
            {label}
          </CheckField>
        ))}
        <FormProblem error={save.error} />
        <div className="form__actions">
          <Button type="submit" isPending={save.isPending}>
            {t('sso.provider.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

const samlSwitches = () =>
  [
    { name: 'signRequests', label: t('sso.signRequests'), about: undefined },
    { name: 'allowIdpInitiated', label: t('sso.idpInitiated'), about: t('sso.idpInitiated.about') },
    { name: 'forceAuthn', label: t('sso.forceAuthn'), about: undefined },
    { name: 'allowSha1', label: t('sso.sha1'), about: t('sso.sha1.about') },
  ] as const;

/** An address and XML are read anew; what was typed in stays as it was. */
function metadataOf(text: string, { idp }: Saml): object {
  const metadata = text.trim();
  if (metadata === (idp.metadataUrl ?? '')) return {};
  return /^https?:\/\//.test(metadata) ? { metadataUrl: metadata } : { metadataXml: metadata };
}

function OidcForm({ connection, etag, oidc }: SectionProps & { readonly oidc: Oidc }) {
  const save = useSave({ connection, etag });
  const [name, setName] = useState(connection.name);
  const { hasSecret, issuer, clientId, clientAuthentication, idTokenAlgorithm } = oidc;
  const { userinfo, requiredClaims } = oidc;
  const given = { issuer, clientId, clientAuthentication, idTokenAlgorithm, userinfo, requiredClaims };
  const [settings, setSettings] = useState(given);
  // As it is typed: the space before the next scope must not be taken away at once.
  const [scopes, setScopes] = useState(oidc.scopes.join(' '));
  const [secret, setSecret] = useState('');
  const set = (change: Partial<typeof given>) => {
    setSettings({ ...settings, ...change });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const clientSecret = secret === '' ? {} : { clientSecret: secret };
    save.mutate({
      name,
      oidc: { ...settings, scopes: scopes.split(/\s+/).filter(Boolean), ...clientSecret },
    });
  };
  return (
    <Section title={t('sso.provider.settings')} lead={t('sso.provider.settingsLead')}>
      <form className="form" onSubmit={submit} noValidate>
        <TextField label={t('sso.name')} value={name} onChange={setName} isRequired />
        <OidcClientFields value={settings} onChange={set} />
        <SelectField
          label={t('sso.clientAuth')}
          value={settings.clientAuthentication}
          options={[
            { value: 'client_secret_basic', label: t('sso.clientAuth.basic') },
            { value: 'client_secret_post', label: t('sso.clientAuth.post') },
            { value: 'private_key_jwt', label: t('sso.clientAuth.key') },
          ]}
          onChange={(clientAuthentication) => {
            set({ clientAuthentication });
          }}
        />
        {settings.clientAuthentication !== 'private_key_jwt' && (
          <PasswordField
            label={t('sso.clientSecret')}
            description={hasSecret ? t('sso.secretStays') : undefined}
            autoComplete="off"
            value={secret}
            onChange={setSecret}
          />
        )}
        <TextField
          label={t('sso.scopes')}
          description={t('sso.scopesAbout')}
          mono
          value={scopes}
          onChange={setScopes}
        />
        <CheckField
          isSelected={settings.userinfo}
          onChange={(userinfo) => {
            set({ userinfo });
          }}
        >
          {t('sso.userinfo')}
        </CheckField>
        <FormProblem error={save.error} />
        <div className="form__actions">
          <Button type="submit" isPending={save.isPending}>
            {t('sso.provider.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** The certificates of both sides, and how they are turned over. */
export function CertificatesSection({ connection: { id, saml } }: { readonly connection: ConnectionView }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const done = (message: string) => async () => {
    await queries.invalidateQueries({ queryKey: connectionsKey });
    toasts.show(message);
  };
  const base = `/api/v1/sso/connections/${id}`;
  const refresh = useMutation({
    mutationFn: () => api.send<typeof refreshConnection>('POST', `${base}/refresh`),
    onSuccess: done(t('sso.refreshed')),
  });
  const rotate = useMutation({
    mutationFn: () => api.send<typeof rotateConnectionKey>('POST', `${base}/rotate-key`),
    onSuccess: done(t('sso.saved')),
  });
  if (saml === null) return null;
  const { metadataUrl, refreshedAt } = saml.idp;
  return (
    <Section title={t('sso.certificates')} lead={t('sso.certificates.lead')}>
      <div className="sso-stack">
        <Certificates label={t('sso.certificates.theirs')} certificates={saml.idp.certificates} />
        {metadataUrl !== null && (
          <div className="form__actions">
            <Button
              look="secondary"
              isPending={refresh.isPending}
              onPress={() => {
                refresh.mutate();
              }}
            >
              {t('sso.refresh')}
            </Button>
            {refreshedAt !== null && <span>{t('sso.refreshedAt', { at: formatMoment(refreshedAt) })}</span>}
          </div>
        )}
        <Certificates label={t('sso.certificates.ours')} certificates={saml.sp.certificates} />
        <p>{t(saml.sp.certificates.length > 1 ? 'sso.rotate.switchAbout' : 'sso.rotate.about')}</p>
        <FormProblem error={refresh.error ?? rotate.error} />
        <div className="form__actions">
          <Button
            look="secondary"
            isPending={rotate.isPending}
            onPress={() => {
              rotate.mutate();
            }}
          >
            {t(saml.sp.certificates.length > 1 ? 'sso.rotate.switch' : 'sso.rotate')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

const WARN_MS = 60 * 86_400_000;

function Certificates({
  label,
  certificates,
}: {
  readonly label: string;
  readonly certificates: readonly CertificateView[];
}) {
  return (
    <Table
      label={label}
      rows={certificates}
      keyOf={({ fingerprint }) => fingerprint}
      columns={[
        { title: label, cell: ({ subject }) => subject },
        {
          title: t('sso.certificates.fingerprint'),
          cell: ({ fingerprint }) => <code>{fingerprint.slice(0, 16)}</code>,
        },
        {
          title: t('sso.certificates.until'),
          cell: ({ notAfter }) => {
            const left = new Date(notAfter).getTime() - Date.now();
            return (
              <>
                {formatDay(notAfter)}{' '}
                {left < WARN_MS && (
                  <Badge tone={left < 0 ? 'bad' : 'warn'}>
                    {t(left < 0 ? 'sso.certificates.over' : 'sso.certificates.soon')}
                  </Badge>
                )}
              </>
            );
          },
        },
      ]}
    />
  );
}
