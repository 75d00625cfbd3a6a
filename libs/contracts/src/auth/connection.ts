import { z } from 'zod';
import { instant, page, role, text, uuid } from '../index.js';
import { ldapInput, ldapView } from './ldap.js';

/** How a connection proves who somebody is. */
export const connectionKind = z.enum(['saml', 'oidc', 'ldap']);
export type ConnectionKind = z.infer<typeof connectionKind>;

/** `draft`: set up; `tested`: a test went well with these settings; `active`: people sign in by it; `disabled`: nobody does. */
export const connectionState = z.enum(['draft', 'tested', 'active', 'disabled']);
export type ConnectionState = z.infer<typeof connectionState>;

/** Whose guide the set-up follows. It changes no rule. */
export const connectionProvider = z.enum([
  'entra',
  'okta',
  'google',
  'keycloak',
  'active_directory',
  'openldap',
  'generic',
]);
export type ConnectionProvider = z.infer<typeof connectionProvider>;

const webAddress = z
  .string()
  .max(2_000)
  .pipe(z.url({ protocol: /^https?$/ }));
const attributeName = text(1, 300);

/** Which attribute or claim says what. Null: nothing says it. Left out: the usual names are tried. */
export const attributeMapping = z.strictObject({
  email: attributeName.nullable().default(null),
  name: attributeName.nullable().default(null),
  firstName: attributeName.nullable().default(null),
  lastName: attributeName.nullable().default(null),
  department: attributeName.nullable().default(null),
  groups: attributeName.nullable().default(null),
});
export type AttributeMapping = z.output<typeof attributeMapping>;

/** A role by a group or an attribute. Nobody becomes an owner by a rule. */
export const roleRule = z.strictObject({
  /** Null: the groups. */
  attribute: attributeName.nullable().default(null),
  /** The whole value, upper and lower case alike. */
  value: text(1, 300),
  role: role.exclude(['owner']).nullable().default(null),
  team: text(1, 100).nullable().default(null),
});
export type RoleRule = z.output<typeof roleRule>;

/** Who becomes a person of the academy by signing in. */
export const provisioning = z.strictObject({
  /** `create`: whoever the provider lets in; `invited`: who is invited or known; `off`: who is known by this connection. */
  mode: z.enum(['create', 'invited', 'off']).default('invited'),
  /** `verified`: only addresses of domains that the academy has proved; `any`: new people with any address. */
  emailDomains: z.enum(['verified', 'any']).default('verified'),
  defaultRole: role.exclude(['owner']).default('learner'),
  /** The first that fits decides the role, and the first with a team the team. */
  rules: z.array(roleRule).max(100).default([]),
  /** Whether name, department, role and team follow the provider at each sign-in. */
  updateOnSignIn: z.boolean().default(true),
});
export type Provisioning = z.output<typeof provisioning>;

const samlPolicy = {
  /** Whether our requests are signed. */
  signRequests: z.boolean().default(true),
  /** What must be signed: the assertion, the response around it, either of them, or both. */
  signed: z.enum(['either', 'assertion', 'response', 'both']).default('either'),
  /** Whether the provider may begin: people start at its portal. They confirm here who they become. */
  allowIdpInitiated: z.boolean().default(false),
  nameIdFormat: z.enum(['unspecified', 'persistent', 'email']).default('unspecified'),
  forceAuthn: z.boolean().default(false),
  /** SHA-1 in signatures: for old providers, and no longer than it must be. */
  allowSha1: z.boolean().default(false),
};

/** The identity provider, as its metadata says or as it is typed in. */
export const samlInput = z.strictObject({
  /** Read now, and again once a day: certificates that come are taken over. */
  metadataUrl: webAddress.optional(),
  metadataXml: z.string().min(1).max(1_000_000).optional(),
  /** Which of several providers in the metadata, or the one that is typed in. */
  entityId: text(1, 1_000).optional(),
  ssoUrl: webAddress.optional(),
  sloUrl: webAddress.nullable().optional(),
  /** PEM, or the bare base64 of metadata. */
  certificates: z.array(z.string().min(1).max(20_000)).max(10).optional(),
  ...samlPolicy,
});
export type SamlInput = z.output<typeof samlInput>;

export const clientAuthentication = z.enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt']);
export const signingAlgorithm = z.enum(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']);

const oidcSettings = {
  issuer: webAddress,
  clientId: text(1, 500),
  clientAuthentication: clientAuthentication.default('client_secret_basic'),
  /** The only algorithm of ID tokens. */
  idTokenAlgorithm: signingAlgorithm.default('RS256'),
  /** Besides `openid`. */
  scopes: z.array(text(1, 100)).max(20).default(['profile', 'email']),
  /** Whether claims are asked for at the userinfo endpoint besides (groups that are too many for a token, for one). */
  userinfo: z.boolean().default(true),
  /** Claims that must have exactly this value: `tid` of Entra, `hd` of Google. */
  requiredClaims: z.record(text(1, 100), text(1, 300)).default({}),
};

export const oidcInput = z.strictObject({
  ...oidcSettings,
  /** Never shown again. Left out: stays as it is. */
  clientSecret: z.string().min(1).max(1_000).optional(),
});
export type OidcInput = z.output<typeof oidcInput>;

/** May be chosen beforehand: providers want our addresses, which hang on it, before they give theirs. */
const id = uuid().optional();

const common = {
  name: text(1, 100),
  provider: connectionProvider,
  mapping: attributeMapping,
  provisioning,
};

export const newConnection = z.discriminatedUnion('kind', [
  z.strictObject({
    id,
    kind: z.literal('saml'),
    ...common,
    provider: connectionProvider.default('generic'),
    mapping: attributeMapping.prefault({}),
    provisioning: provisioning.prefault({}),
    saml: samlInput,
  }),
  z.strictObject({
    id,
    kind: z.literal('oidc'),
    ...common,
    provider: connectionProvider.default('generic'),
    mapping: attributeMapping.prefault({}),
    provisioning: provisioning.prefault({}),
    oidc: oidcInput,
  }),
  z.strictObject({
    id,
    kind: z.literal('ldap'),
    ...common,
    provider: connectionProvider.default('generic'),
    mapping: attributeMapping.prefault({}),
    provisioning: provisioning.prefault({}),
    ldap: ldapInput,
  }),
]);
export type NewConnection = z.output<typeof newConnection>;

/** What is left out stays. `saml`, `oidc` and `ldap` are replaced as a whole, but for secrets and certificates that are left out. */
export const connectionPatch = z
  .strictObject({ ...common, saml: samlInput, oidc: oidcInput, ldap: ldapInput })
  .partial();
export type ConnectionPatch = z.output<typeof connectionPatch>;

export const certificateView = z.strictObject({
  /** SHA-256 of the certificate, in hex. */
  fingerprint: z.string(),
  subject: z.string(),
  notBefore: instant(),
  notAfter: instant(),
  pem: z.string(),
});
export type CertificateView = z.infer<typeof certificateView>;

const samlView = z.strictObject({
  idp: z.strictObject({
    entityId: z.string(),
    ssoUrl: z.string(),
    sloUrl: z.string().nullable(),
    certificates: z.array(certificateView),
    metadataUrl: z.string().nullable(),
    refreshedAt: instant().nullable(),
  }),
  signRequests: z.boolean(),
  signed: z.enum(['either', 'assertion', 'response', 'both']),
  allowIdpInitiated: z.boolean(),
  nameIdFormat: z.enum(['unspecified', 'persistent', 'email']),
  forceAuthn: z.boolean(),
  allowSha1: z.boolean(),
  /** What to give to the provider. */
  sp: z.strictObject({
    entityId: z.string(),
    acsUrl: z.string(),
    sloUrl: z.string(),
    metadataUrl: z.string(),
    certificates: z.array(certificateView),
  }),
});

const oidcView = z.strictObject({
  issuer: z.string(),
  clientId: z.string(),
  clientAuthentication,
  idTokenAlgorithm: signingAlgorithm,
  scopes: z.array(z.string()),
  userinfo: z.boolean(),
  requiredClaims: z.record(z.string(), z.string()),
  hasSecret: z.boolean(),
  /** What to give to the provider. */
  rp: z.strictObject({
    redirectUri: z.string(),
    postLogoutRedirectUri: z.string(),
    backchannelLogoutUri: z.string(),
    jwksUri: z.string(),
  }),
});

/** What may become a problem: a stable code and, where it is about one, a certificate. */
const connectionWarning = z.strictObject({
  code: z.enum([
    'certificate_expires',
    'certificate_expired',
    'no_certificate',
    'sha1_allowed',
    'not_tested',
    'metadata_stale',
  ]),
  detail: z.string().nullable(),
});

export const connection = z.strictObject({
  id: uuid(),
  kind: connectionKind,
  name: z.string(),
  provider: connectionProvider,
  state: connectionState,
  /** The one that the sign-in page leads to first. */
  isDefault: z.boolean(),
  /** The origin that its addresses begin with: fixed, since the provider knows it. */
  origin: z.string(),
  mapping: attributeMapping,
  provisioning,
  saml: samlView.nullable(),
  oidc: oidcView.nullable(),
  ldap: ldapView.nullable(),
  warnings: z.array(connectionWarning),
  testedAt: instant().nullable(),
  createdAt: instant(),
  updatedAt: instant(),
});
export type ConnectionView = z.infer<typeof connection>;
export const connectionList = page(connection);

/** One thing that was looked at, in the order of looking. */
export const attemptCheck = z.strictObject({
  check: z.string(),
  ok: z.boolean(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
});
export type AttemptCheck = z.infer<typeof attemptCheck>;

const attemptSummary = {
  id: uuid(),
  connectionId: uuid(),
  at: instant(),
  purpose: z.enum(['sign_in', 'test', 'logout']),
  outcome: z.enum(['succeeded', 'refused']),
  /** Why it was refused: a stable code. */
  reason: z.string().nullable(),
  /** Whom it was about, as far as that was proved. */
  subject: z.string().nullable(),
  email: z.string().nullable(),
  requestId: z.string(),
};

export const attempt = z.strictObject(attemptSummary);
export type AttemptView = z.infer<typeof attempt>;
export const attemptPage = page(attempt);

export const attemptDetail = z.strictObject({
  ...attemptSummary,
  checks: z.array(attemptCheck),
  /** What the provider said, as it came: the XML, or the claims of the ID token. Secrets are masked. */
  raw: z.string().nullable(),
  /** What was understood of it. */
  attributes: z.record(z.string(), z.array(z.string())),
  /** Who would come of it by the mapping and the rules as they are now. */
  person: z
    .strictObject({
      email: z.string().nullable(),
      name: z.string().nullable(),
      department: z.string().nullable(),
      groups: z.array(z.string()),
      role,
      team: z.string().nullable(),
    })
    .nullable(),
});
export type AttemptDetail = z.infer<typeof attemptDetail>;

/** What would come of an answer by another mapping and other rules: nothing is changed by asking. */
export const mappingPreviewInput = z.strictObject({
  attemptId: uuid(),
  mapping: attributeMapping,
  provisioning,
});
export type MappingPreviewInput = z.output<typeof mappingPreviewInput>;
export const mappingPreview = z.strictObject({ person: attemptDetail.shape.person });

export const testStart = z.strictObject({
  /** Where the browser goes for the test; good for ten minutes and one time. */
  startUrl: z.string(),
});

/** Who signs in how. */
export const signInEnforcement = z.strictObject({
  /** Whether people must sign in by a connection. */
  enforced: z.boolean(),
  /** People who may still sign in by password, for the day when the provider is away. At least one owner. */
  breakGlassUserIds: z.array(uuid()).max(10),
  enforcedAt: instant().nullable(),
});
export type SignInEnforcementView = z.infer<typeof signInEnforcement>;
export const signInEnforcementInput = signInEnforcement.omit({ enforcedAt: true });
export type SignInEnforcementInput = z.output<typeof signInEnforcementInput>;

const mailDomain = z
  .string()
  .max(253)
  .trim()
  .toLowerCase()
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    'a domain such as example.org is expected',
  );

/** A domain of e-mail addresses that the academy proves to be its own. */
export const emailDomain = z.strictObject({
  domain: z.string(),
  state: z.enum(['pending', 'verified']),
  /** The TXT record that proves it. */
  proof: z.strictObject({ name: z.string(), type: z.literal('TXT'), value: z.string() }),
  /** People with such an address are led to this connection; null: to the default one. */
  connectionId: uuid().nullable(),
  verifiedAt: instant().nullable(),
  createdAt: instant(),
});
export type EmailDomainView = z.infer<typeof emailDomain>;
export const emailDomainList = page(emailDomain);
export const newEmailDomain = z.strictObject({
  domain: mailDomain,
  connectionId: uuid().nullable().default(null),
});
export const emailDomainParams = z.strictObject({ domain: mailDomain });

/** What the sign-in page offers. */
export const signInOption = z.strictObject({
  id: uuid(),
  name: z.string(),
  kind: connectionKind,
  provider: connectionProvider,
  isDefault: z.boolean(),
  /** Where the browser goes. */
  startUrl: z.string(),
});
export type SignInOption = z.infer<typeof signInOption>;

export const signInOptions = z.strictObject({
  connections: z.array(signInOption),
  /** Whether passwords are for everybody; false: only for those who must get in when the provider is away. */
  password: z.boolean(),
});
export type SignInOptions = z.infer<typeof signInOptions>;

export const discoverInput = z.strictObject({ email: z.string().max(254) });
/** By the domain of the address alone: it is the same for everybody with such an address, and for nobody. */
export const discovered = z.strictObject({ connection: signInOption.nullable(), password: z.boolean() });

export const handoffInput = z.strictObject({ handle: z.string().min(20).max(100) });
/** Who would be signed in: asked before a sign-in that the provider began. */
export const handoffPreview = z.strictObject({
  email: z.string().nullable(),
  name: z.string().nullable(),
  connection: z.string(),
});

export const providerLogout = z.strictObject({
  /** Where the browser goes to sign out at the provider too; null: there is nowhere to go. */
  url: z.string().nullable(),
});
