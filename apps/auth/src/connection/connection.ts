import type {
  AttributeMapping,
  ConnectionKind,
  ConnectionProvider,
  ConnectionState,
  LdapInput,
  OidcInput,
  Provisioning,
  SamlInput,
} from '#libs/contracts/auth';

type SamlPolicy = Pick<
  SamlInput,
  'signRequests' | 'signed' | 'allowIdpInitiated' | 'nameIdFormat' | 'forceAuthn' | 'allowSha1'
>;

/** A SAML identity provider, and how strict we are with it. */
export interface SamlSettings extends SamlPolicy {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly sloUrl: string | null;
  /** PEM. Any of them may have signed. */
  readonly certificates: readonly string[];
  readonly metadataUrl: string | null;
}

export type OidcSettings = Omit<OidcInput, 'clientSecret'>;

export type LdapSettings = Omit<LdapInput, 'bindPassword'>;

/** One way into the academy through an identity provider. */
export interface Connection {
  readonly id: string;
  readonly kind: ConnectionKind;
  readonly provider: ConnectionProvider;
  readonly name: string;
  readonly state: ConnectionState;
  readonly isDefault: boolean;
  readonly origin: string;
  readonly mapping: AttributeMapping;
  readonly provisioning: Provisioning;
  readonly saml: SamlSettings | null;
  readonly oidc: OidcSettings | null;
  readonly ldap: LdapSettings | null;
  /** Of our side, PEM, the newest first; the private keys are among the secrets, in the same order. */
  readonly certificates: readonly string[];
  /** Who ran the test that these settings passed. */
  readonly testedBy: string | null;
  readonly testedAt: Date | null;
  /** When the provider's metadata were last read. */
  readonly refreshedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface SamlConnection extends Connection {
  readonly saml: SamlSettings;
}

export interface OidcConnection extends Connection {
  readonly oidc: OidcSettings;
}

export interface LdapConnection extends Connection {
  readonly ldap: LdapSettings;
}

export interface ConnectionSecrets {
  readonly clientSecret: string | null;
  /** Of the account that searches a directory. */
  readonly bindPassword: string | null;
  /** PKCS #8, PEM. */
  readonly keys: readonly string[];
}

/** The oldest: a newer one signs when providers have had the time to learn of it. */
export function signingKeyOf({ keys }: Pick<ConnectionSecrets, 'keys'>): string | undefined {
  return keys.at(-1);
}

export function isSaml(connection: Connection): connection is SamlConnection {
  return connection.kind === 'saml' && connection.saml !== null;
}

export function isOidc(connection: Connection): connection is OidcConnection {
  return connection.kind === 'oidc' && connection.oidc !== null;
}

export function isLdap(connection: Connection): connection is LdapConnection {
  return connection.kind === 'ldap' && connection.ldap !== null;
}

/** The connection as its events tell it. */
export function toldOf({ id, name, kind, state, isDefault }: Connection) {
  return { connectionId: id, name, kind, state, isDefault };
}

/** Where browsers and the provider find our side. All of it hangs on the connection, so nothing is shared between two. */
export function addressesOf({ id, origin }: Pick<Connection, 'id' | 'origin'>) {
  return {
    start: `${origin}/auth/sso/${id}/start`,
    finish: `${origin}/auth/sso/finish`,
    ldapSignIn: `${origin}/sign-in/directory/${id}`,
    samlMetadata: `${origin}/auth/saml/${id}/metadata`,
    acs: `${origin}/auth/saml/${id}/acs`,
    slo: `${origin}/auth/saml/${id}/slo`,
    oidcCallback: `${origin}/auth/oidc/${id}/callback`,
    oidcKeys: `${origin}/auth/oidc/${id}/jwks.json`,
    oidcBackchannelLogout: `${origin}/auth/oidc/${id}/backchannel-logout`,
    signedOut: `${origin}/sign-in`,
  };
}
