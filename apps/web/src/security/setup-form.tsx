import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type { saveSetup, SetupInput, SetupKind, SetupView } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { PasswordField, SelectField, TextField } from '../design/field.js';
import { FileField } from '../design/file-field.js';
import { Section } from '../design/section.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { browserProviders, type BrowserProvider, guideOf, providerName } from './connection-words.js';
import { OidcClientFields } from './oidc-client-fields.js';
import { Value } from './value.js';

interface Fields {
  readonly provider: BrowserProvider;
  readonly kind: SetupKind;
  /** Of SAML: as its metadata say, or typed in. */
  readonly by: 'metadata' | 'fields';
  readonly metadata: string;
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly certificate: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface PartProps {
  readonly setup: SetupView;
  readonly fields: Fields;
  readonly set: (change: Partial<Fields>) => void;
}

/** Our values to copy, and a place for those of the provider. */
export function SetupForm({ token, setup }: { readonly token: string; readonly setup: SetupView }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [fields, setFields] = useState(() => known(setup));
  const save = useMutation({
    mutationFn: () =>
      api.send<typeof saveSetup>('POST', '/api/v1/auth/setup/save', { body: bodyOf(token, fields) }),
    onSuccess: ({ data }) => {
      queries.setQueryData(['setup', token], data);
      setFields(known(data));
      toasts.show(t('sso.saved'));
    },
  });
  const part = {
    ...{ setup, fields },
    set: (change: Partial<Fields>) => {
      setFields((before) => ({ ...before, ...change }));
    },
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <ProviderPart {...part} />
      <OurPart {...part} />
      <Section
        title={t('sso.step.theirs')}
        lead={t(fields.kind === 'saml' ? 'sso.step.metadataLead' : 'sso.step.clientLead')}
      >
        <div className="sso-stack">
          {fields.kind === 'saml' ? <SamlPart {...part} /> : <OidcPart {...part} />}
          <FormProblem error={save.error} say={{ 'setup_link.invalid': t('setup.over') }} />
          <div className="form__actions">
            <Button
              type="submit"
              look={setup.state === null ? 'primary' : 'secondary'}
              isPending={save.isPending}
            >
              {t('sso.provider.save')}
            </Button>
          </div>
        </div>
      </Section>
    </form>
  );
}

function ProviderPart({ setup, fields, set }: PartProps) {
  return (
    <Section title={t('sso.step.provider')} lead={t('sso.step.providerLead')}>
      <div className="sso-stack">
        <SelectField
          label={t('sso.provider')}
          value={fields.provider}
          options={browserProviders.map((value) => ({ value, label: providerName(value) }))}
          onChange={(provider) => {
            set({ provider });
          }}
        />
        {setup.kind === null && (
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
        )}
      </div>
    </Section>
  );
}

function OurPart({ setup: { sp, rp }, fields: { provider, kind } }: PartProps) {
  return (
    <Section title={t('sso.step.ours')} lead={guideOf(provider, kind)}>
      <div className="sso-stack">
        {kind === 'saml' ? (
          <>
            <Value label={t('sso.value.entityId')} value={sp.entityId} />
            <Value label={t('sso.value.acs')} value={sp.acsUrl} />
            <Value label={t('sso.value.slo')} value={sp.sloUrl} />
          </>
        ) : (
          <>
            <Value label={t('sso.value.redirect')} value={rp.redirectUri} />
            <Value label={t('sso.value.backchannel')} value={rp.backchannelLogoutUri} />
            <Value label={t('sso.value.signedOut')} value={rp.postLogoutRedirectUri} />
          </>
        )}
      </div>
    </Section>
  );
}

function SamlPart({ fields, set }: PartProps) {
  return (
    <>
      <SelectField
        label={t('setup.by')}
        value={fields.by}
        options={[
          { value: 'metadata', label: t('setup.by.metadata') },
          { value: 'fields', label: t('setup.by.fields') },
        ]}
        onChange={(by) => {
          set({ by });
        }}
      />
      {fields.by === 'metadata' ? (
        <>
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
          <FileField
            label={t('setup.file')}
            accept={['.xml', 'text/xml', 'application/xml', 'application/samlmetadata+xml']}
            maxBytes={1_000_000}
            onFile={(file) => {
              void file.text().then((metadata) => {
                set({ metadata });
              });
            }}
          />
        </>
      ) : (
        <>
          <TextField
            label={t('setup.entityId')}
            mono
            value={fields.entityId}
            onChange={(entityId) => {
              set({ entityId });
            }}
            isRequired
          />
          <TextField
            label={t('setup.ssoUrl')}
            mono
            value={fields.ssoUrl}
            onChange={(ssoUrl) => {
              set({ ssoUrl });
            }}
            isRequired
          />
          <TextField
            label={t('setup.certificate')}
            multiline
            mono
            rows={6}
            value={fields.certificate}
            onChange={(certificate) => {
              set({ certificate });
            }}
            isRequired
          />
        </>
      )}
    </>
  );
}

function OidcPart({ setup, fields, set }: PartProps) {
  const isKnown = setup.oidc?.hasSecret === true;
  return (
    <>
      <OidcClientFields value={fields} onChange={set} />
      <PasswordField
        label={t('sso.clientSecret')}
        description={isKnown ? t('sso.secretStays') : undefined}
        autoComplete="off"
        value={fields.clientSecret}
        onChange={(clientSecret) => {
          set({ clientSecret });
        }}
        isRequired={!isKnown}
      />
    </>
  );
}

function known({ kind, provider, saml, oidc }: SetupView): Fields {
  return {
    provider: browserProviders.find((one) => one === provider) ?? 'generic',
    kind: kind ?? (provider === 'google' ? 'oidc' : 'saml'),
    by: saml?.metadataUrl === null ? 'fields' : 'metadata',
    metadata: saml?.metadataUrl ?? '',
    entityId: saml?.entityId ?? '',
    ssoUrl: saml?.ssoUrl ?? '',
    certificate: saml?.certificates.map(({ pem }) => pem).join('\n') ?? '',
    issuer: oidc?.issuer ?? '',
    clientId: oidc?.clientId ?? '',
    clientSecret: '',
  };
}

function bodyOf(token: string, { kind, provider, ...fields }: Fields): SetupInput {
  if (kind === 'oidc') {
    const { issuer, clientId, clientSecret } = fields;
    const secret = clientSecret === '' ? {} : { clientSecret };
    const oidc = { issuer: issuer.trim(), clientId: clientId.trim(), ...secret };
    return { token, kind, provider, oidc };
  }
  if (fields.by === 'metadata') {
    const metadata = fields.metadata.trim();
    const isAddress = /^https?:\/\//.test(metadata);
    return {
      ...{ token, kind, provider },
      saml: isAddress ? { metadataUrl: metadata } : { metadataXml: metadata },
    };
  }
  const certificates = fields.certificate.split(/(?<=-----END CERTIFICATE-----)\s+/).filter(Boolean);
  const saml = { entityId: fields.entityId.trim(), ssoUrl: fields.ssoUrl.trim(), certificates };
  return { token, kind, provider, saml };
}
