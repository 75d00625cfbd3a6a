import type { ConnectionKind, ConnectionProvider, ConnectionState, SetupKind } from '#libs/contracts/auth';
import { type BadgeTone } from '../design/badge.js';
import { type MessageKey, t } from '../language/t.js';

/** Names of products, the same in every language. */
export const productNames: Readonly<Record<Exclude<ConnectionProvider, 'generic'>, string>> = {
  entra: 'Microsoft Entra ID',
  okta: 'Okta',
  google: 'Google Workspace',
  keycloak: 'Keycloak',
  active_directory: 'Active Directory',
  openldap: 'OpenLDAP',
};

/** Those who are spoken to by browsers; directories have a page of their own. */
export type BrowserProvider = Exclude<ConnectionProvider, 'active_directory' | 'openldap'>;
export const browserProviders: readonly BrowserProvider[] = [
  'entra',
  'okta',
  'google',
  'keycloak',
  'generic',
];

const guides = {
  entra: { saml: 'sso.guide.entra.saml', oidc: 'sso.guide.entra.oidc' },
  okta: { saml: 'sso.guide.okta.saml', oidc: 'sso.guide.okta.oidc' },
  google: { saml: 'sso.guide.google.saml', oidc: 'sso.guide.google.oidc' },
  keycloak: { saml: 'sso.guide.keycloak.saml', oidc: 'sso.guide.keycloak.oidc' },
  generic: { saml: 'sso.guide.generic.saml', oidc: 'sso.guide.generic.oidc' },
} as const;

/** Where our values go at this provider. */
export function guideOf(provider: BrowserProvider, kind: SetupKind): string {
  return t(guides[provider][kind]);
}

export const kindNames: Readonly<Record<ConnectionKind, string>> = {
  saml: 'SAML 2.0',
  oidc: 'OpenID Connect',
  ldap: 'LDAP',
};

export function providerName(provider: ConnectionProvider): string {
  return provider === 'generic' ? t('sso.provider.generic') : productNames[provider];
}

export const stateTones: Readonly<Record<ConnectionState, BadgeTone>> = {
  draft: 'neutral',
  tested: 'accent',
  active: 'good',
  disabled: 'warn',
};

const stateKeys = {
  draft: 'sso.state.draft',
  tested: 'sso.state.tested',
  active: 'sso.state.active',
  disabled: 'sso.state.disabled',
} as const satisfies Readonly<Record<ConnectionState, MessageKey>>;

export function stateName(state: ConnectionState): string {
  return t(stateKeys[state]);
}

/** What a reason means, and what helps. By the part of the code that says it. */
const reasons: readonly (readonly [test: RegExp, key: MessageKey])[] = [
  [/^(audience|claim_aud)$/, 'sso.reason.audience'],
  [/^(recipient|destination)$/, 'sso.reason.recipient'],
  [/^(issuer|response_issuer|claim_iss)$/, 'sso.reason.issuer'],
  [/^(age|conditions_time|confirmation_time|claim_(exp|iat|nbf))$/, 'sso.reason.clock'],
  [/^(signature_invalid|id_token_signature|no_certificate)$/, 'sso.reason.certificate'],
  [/^(not_signed|signed_parts)$/, 'sso.reason.unsigned'],
  [/^(signature_algorithm|encryption_algorithm)$/, 'sso.reason.algorithm'],
  [/^cannot_decrypt$/, 'sso.reason.decrypt'],
  [/^email_missing$/, 'sso.reason.email'],
  [/^email_not_verified$/, 'sso.reason.emailUnverified'],
  [/^domain_not_verified$/, 'sso.reason.domain'],
  [/^(not_invited|not_provisioned)$/, 'sso.reason.notInvited'],
  [/^linked_to_another$/, 'sso.reason.linked'],
  [/^user_deactivated$/, 'sso.reason.deactivated'],
  [/^(subject|subject_lasting)$/, 'sso.reason.subject'],
  [/^(request_known|in_response_to|state|other_browser|handoff_unknown)$/, 'sso.reason.request'],
  [/^replayed$/, 'sso.reason.replayed'],
  [/^(status|provider_error)$/, 'sso.reason.status'],
  [/^client_refused$/, 'sso.reason.secret'],
  [/^token_refused$/, 'sso.reason.client'],
  [/^provider_unreachable$/, 'sso.reason.unreachable'],
  [/^connection_inactive$/, 'sso.reason.inactive'],
  [/^ldap_address_refused$/, 'ldap.reason.address'],
  [/^ldap_(unreachable|connection_broke|unavailable)$/, 'ldap.reason.unreachable'],
  [/^ldap_tls$/, 'ldap.reason.tls'],
  [/^ldap_starttls_refused$/, 'ldap.reason.starttls'],
  [/^ldap_bind_refused$/, 'ldap.reason.bind'],
  [/^ldap_base_missing$/, 'ldap.reason.base'],
  [/^ldap_person_unknown$/, 'ldap.reason.nobody'],
  [/^ldap_person_ambiguous$/, 'ldap.reason.several'],
  [/^ldap_id_missing$/, 'ldap.reason.id'],
  [/^ldap_other_entry$/, 'ldap.reason.entry'],
  [/^ldap_wrong_password$/, 'ldap.reason.password'],
  [/^ldap_(empty_password|name_malformed)$/, 'ldap.reason.empty'],
  [/^ldap_account_/, 'ldap.reason.held'],
  [/^ldap_password_change$/, 'ldap.reason.change'],
  [/^ldap_too_/, 'ldap.reason.slow'],
  [/^ldap_/, 'ldap.reason.refused'],
  [/^claim_/, 'sso.reason.claim'],
  [/^limit\.users/, 'sso.reason.seats'],
];

export function reasonText(reason: string): string {
  return t(reasons.find(([test]) => test.test(reason))?.[1] ?? 'sso.reason.unknown', { code: reason });
}
