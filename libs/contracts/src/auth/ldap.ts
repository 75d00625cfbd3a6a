import { z } from 'zod';
import { instant, page, text, uuid } from '../index.js';

/** What the typed name stands for in a filter. */
export const USERNAME = '{username}';

const hostName = z
  .string()
  .max(253)
  .trim()
  .regex(
    /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)$/,
    'a host name or an address is expected',
  );
const attributeName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'the name of an attribute is expected');
const distinguishedName = text(1, 1_000);
const filter = text(3, 2_000);

export const ldapServer = z.strictObject({ host: hostName, port: z.int().min(1).max(65_535) });

/** Where groups are, and how they name their members. */
const ldapGroups = z.strictObject({
  /** Null: the base of the people. */
  baseDn: distinguishedName.nullable().default(null),
  filter: filter.default('(objectClass=groupOfNames)'),
  memberAttribute: attributeName.default('member'),
  /** What stands there: an attribute of the people, such as `uid` for `memberUid`. Null: their distinguished names. */
  memberIs: attributeName.nullable().default(null),
  nameAttribute: attributeName.default('cn'),
  /** Whether members of a group in a group are members too. */
  nested: z.boolean().default(true),
});

/** How people of the directory are taken over without signing in. */
const ldapSync = z.strictObject({
  /** `off`: only when somebody asks for it. */
  every: z.enum(['off', 'hourly', 'daily']).default('off'),
  /** Who is taken over. Null: everybody whom the filter of sign-in could find. */
  filter: filter.nullable().default(null),
  /** A run that would deactivate more than so many of a hundred people stops before it changes anything. */
  mostDeactivatedPercent: z.int().min(1).max(100).default(20),
  /** Whether each group becomes a team, with its people. */
  teams: z.boolean().default(false),
});
export const ldapSyncDefaults = ldapSync.parse({});

const ldapSettings = {
  /** In the order in which they are asked; the next one where one does not answer. */
  servers: z.array(ldapServer).min(1).max(5),
  /** Always encrypted: from the first byte (usually port 636), or by StartTLS (389) before anything is said. */
  security: z.enum(['ldaps', 'starttls']).default('ldaps'),
  /** Whoever searches. */
  bindDn: distinguishedName,
  baseDn: distinguishedName,
  /** `{username}` stands for what was typed; it is compared as a whole. */
  userFilter: filter.default('(&(objectClass=person)(uid={username}))'),
  /** What names a person for ever: `entryUUID`, in Active Directory `objectGUID`. */
  idAttribute: attributeName.default('entryUUID'),
  groups: ldapGroups.nullable().default(null),
  sync: ldapSync.prefault({}),
};

export const ldapInput = z.strictObject({
  ...ldapSettings,
  /** PEM, of the authorities that the servers' certificates have to come from. None: the public ones. */
  caCertificates: z.array(z.string().min(1).max(20_000)).max(10).default([]),
  /** Never shown again. Left out: stays as it is, unless it would go to servers or authorities that are new. */
  bindPassword: z.string().min(1).max(1_000).optional(),
});
export type LdapInput = z.output<typeof ldapInput>;

/** A server as this process remembers it. */
const serverHealth = z.strictObject({
  host: z.string(),
  port: z.int(),
  state: z.enum(['unknown', 'well', 'failing']),
  /** What was wrong the last time. */
  reason: z.string().nullable(),
});

export const ldapView = z.strictObject({
  ...ldapSettings,
  caCertificates: z.array(z.string()),
  hasPassword: z.boolean(),
  health: z.array(serverHealth),
});
export type LdapView = z.infer<typeof ldapView>;

/** A name as it is typed at a directory; what is around it does not count. */
const username = z.string().max(256);

export const ldapSignInInput = z.strictObject({
  /** Which begun sign-in this is: from the address that the browser was led to. */
  flow: z.string().min(20).max(100),
  username,
  password: z.string().max(1_000),
});

export const ldapFlowInput = ldapSignInInput.pick({ flow: true });
/** What the page shows above its fields. */
export const ldapFlow = z.strictObject({ connection: z.string(), purpose: z.enum(['sign_in', 'test']) });

/** Where the browser goes next. */
export const ldapSettled = z.strictObject({ next: z.string() });

export const ldapCheckInput = z.strictObject({
  /** Somebody to look for; nobody is signed in, and no password is needed. Null: the servers and the search account alone. */
  username: username.nullable().default(null),
  /** Settings that are not saved, to be looked at instead. Null: those that are. */
  ldap: ldapInput.nullable().default(null),
});
export type LdapCheckInput = z.output<typeof ldapCheckInput>;
const ldapCheckStep = z.strictObject({
  /** A stable code. */
  check: z.string(),
  ok: z.boolean(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
});
export const ldapChecked = z.strictObject({
  /** In the order of looking, until the first that is wrong. */
  checks: z.array(ldapCheckStep),
  /** The code of what is wrong; null when all is well. */
  reason: z.string().nullable(),
  attributes: z.record(z.string(), z.array(z.string())),
});
export type LdapChecked = z.infer<typeof ldapChecked>;

/** `preview` says what `apply` would do, and does nothing. */
const ldapSyncKind = z.enum(['preview', 'apply']);
const ldapSyncState = z.enum(['waiting', 'running', 'succeeded', 'stopped', 'failed']);

/** What a run did, or in a preview would do. */
export const ldapSyncCounts = z.strictObject({
  /** People of the directory. */
  seen: z.int(),
  created: z.int(),
  updated: z.int(),
  reactivated: z.int(),
  deactivated: z.int(),
  unchanged: z.int(),
  /** Whom the rules of the connection, the plan or somebody's decision here keep as they are. */
  skipped: z.int(),
  failed: z.int(),
  /** Teams that were made or changed. */
  teams: z.int(),
});
export type LdapSyncCounts = z.infer<typeof ldapSyncCounts>;

export const ldapSyncRun = z.strictObject({
  id: uuid(),
  connectionId: uuid(),
  kind: ldapSyncKind,
  cause: z.enum(['manual', 'schedule']),
  /** `stopped`: nothing was changed, since somebody has to look first. */
  state: ldapSyncState,
  counts: ldapSyncCounts,
  /** Active people who came by this directory, before the run. */
  known: z.int(),
  /** Those of them who are, or would be, deactivated. */
  gone: z.int(),
  /** What went wrong, or has to be looked at: a stable code and words. */
  problem: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
  requestedAt: instant(),
  startedAt: instant().nullable(),
  finishedAt: instant().nullable(),
});
export type LdapSyncView = z.infer<typeof ldapSyncRun>;

export const ldapSyncList = z.strictObject({
  ...page(ldapSyncRun).shape,
  /** When the next run begins by itself. */
  nextAt: instant().nullable(),
});

export const ldapSyncChange = z.strictObject({
  change: z.enum(['create', 'update', 'reactivate', 'deactivate', 'skip', 'fail']),
  email: z.string().nullable(),
  name: z.string().nullable(),
  /** Why, where it is not plain: a stable code. */
  reason: z.string().nullable(),
  /** What is different. */
  fields: z.array(z.string()),
});
export type LdapSyncChange = z.infer<typeof ldapSyncChange>;

export const ldapSyncDetail = z.strictObject({
  ...ldapSyncRun.shape,
  /** Who is concerned: deactivations first, and no more than 500. */
  people: z.array(ldapSyncChange),
});
export type LdapSyncDetail = z.infer<typeof ldapSyncDetail>;

export const ldapSyncInput = z.strictObject({
  kind: ldapSyncKind,
  /** For this run: so many may be deactivated, though they are more than the settings let go unasked. */
  allowDeactivations: z.int().min(0).max(1_000_000).default(0),
});
export type LdapSyncInput = z.output<typeof ldapSyncInput>;
