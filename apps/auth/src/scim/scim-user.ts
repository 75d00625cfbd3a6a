import { scimSchemas } from '#libs/contracts/auth';
import type { User } from '../user/user.js';
import {
  booleanOf,
  flattened,
  patchOperations,
  referenceOf,
  textOf,
  attributesOf,
  type PatchOperation,
} from './scim-attributes.js';
import { ScimInvalid } from './scim.errors.js';

/** What an identity provider says of a person beyond what everybody has. */
export interface ScimProfile {
  readonly userName: string;
  readonly externalId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly title: string | null;
  readonly version: number;
  readonly deletedAt: Date | null;
}

export interface ScimUser {
  readonly user: User;
  /** Null for who came another way. */
  readonly profile: ScimProfile | null;
}

export interface GroupRef {
  readonly userId: string;
  readonly teamId: string;
  readonly name: string;
}

/** What is to change: undefined where nothing is said, null where something is taken away. */
export interface ScimChange {
  userName?: string;
  externalId?: string | null;
  displayName?: string | null;
  formatted?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  title?: string | null;
  email?: string;
  active?: boolean;
  locale?: string | null;
  department?: string | null;
  managerId?: string | null;
}

/** Said by the service alone: a role that somebody could ask for by SCIM is a role that he could give himself. */
const readOnly = new Set(['id', 'meta', 'schemas', 'groups', 'roles', 'entitlements', 'password']);
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const LOCALE = /^[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/;

/** The body of POST or PUT. @throws ScimInvalid */
export function changeOf(body: unknown): ScimChange {
  const change: ScimChange = {};
  for (const [name, value] of flattened(body)) set(change, name, value);
  return change;
}

/** As of PUT: what is not said is taken away, but for what everybody must have. */
export function replacementOf(body: unknown): ScimChange {
  const nothing = { externalId: null, displayName: null, formatted: null, givenName: null, familyName: null };
  const rest = { title: null, department: null, managerId: null, locale: null };
  const given = changeOf(body);
  if (given.userName === undefined) throw new ScimInvalid('userName is missing.');
  return { ...nothing, ...rest, ...given };
}

/** The operations of PATCH, one after the other. @throws ScimInvalid */
export function patchOf(body: unknown): ScimChange {
  const change: ScimChange = {};
  for (const operation of patchOperations(body)) apply(change, operation);
  return change;
}

function apply(change: ScimChange, { op, path, value }: PatchOperation): void {
  if (path === null) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ScimInvalid('Without a path the value must be an object.', 'invalidValue');
    }
    for (const [name, inner] of flattened(value)) set(change, name, inner);
    return;
  }
  const { attribute, sub, filter } = path;
  if (readOnly.has(attribute)) throw new ScimInvalid(`${attribute} cannot be changed.`, 'mutability');
  if (attribute === 'emails') {
    // Somebody has one address here: that of work, or whichever is said.
    const isOther = filter !== null && /"(?:home|other)"/i.test(JSON.stringify(filter));
    if (op === 'remove' || isOther) return;
    if (sub !== null && sub !== 'value') return;
    set(
      change,
      'emails',
      filter !== null && sub === null && typeof value !== 'string' ? [value].flat() : value,
    );
    return;
  }
  const isNested = attribute === 'name' && sub === null;
  const name = sub === null || attribute === 'manager' ? attribute : `${attribute}.${sub}`;
  if (op === 'remove') {
    if (name === 'username' || name === 'active') {
      throw new ScimInvalid(`${name} cannot be removed.`, 'mutability');
    }
    set(change, name, isNested ? {} : null);
    return;
  }
  if (isNested) for (const [part, inner] of attributesOf(value)) set(change, `name.${part}`, inner);
  else set(change, name, value);
}

/** One attribute. What is not known here is left out: providers send more than anybody keeps. */
function set(change: ScimChange, name: string, value: unknown): void {
  switch (name) {
    case 'username': {
      const userName = textOf('userName', value, 254);
      if (userName === null) throw new ScimInvalid('userName must not be empty.');
      change.userName = userName;
      return;
    }
    case 'externalid':
      change.externalId = textOf('externalId', value, 500);
      return;
    case 'displayname':
      change.displayName = textOf('displayName', value);
      return;
    case 'name.formatted':
      change.formatted = textOf('name.formatted', value);
      return;
    case 'name.givenname':
      change.givenName = textOf('name.givenName', value);
      return;
    case 'name.familyname':
      change.familyName = textOf('name.familyName', value);
      return;
    case 'title':
      change.title = textOf('title', value);
      return;
    case 'active':
      change.active = booleanOf('active', value);
      return;
    case 'department':
      change.department = textOf('department', value, 100);
      return;
    case 'manager':
    case 'manager.value':
      change.managerId = referenceOf('manager', value);
      return;
    case 'preferredlanguage':
    case 'locale': {
      const locale = textOf(name, value, 35);
      // `*` and lists with weights are good HTTP and of no use here.
      if (locale === null) change.locale = null;
      else if (LOCALE.test(locale)) change.locale = locale.replaceAll('_', '-');
      return;
    }
    case 'emails':
    case 'emails.value': {
      const email = emailOf(value);
      if (email !== null) change.email = email;
      return;
    }
    default:
  }
}

function emailOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return requireEmail(value);
  const all = [value].flat().map(attributesOf);
  const chosen =
    all.find((one) => one.get('primary') === true || String(one.get('primary')).toLowerCase() === 'true') ??
    all.find((one) => String(one.get('type')).toLowerCase() === 'work') ??
    all[0];
  const address = chosen?.get('value');
  return typeof address === 'string' && address !== '' ? requireEmail(address) : null;
}

export function isEmail(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text);
}

export function requireEmail(written: string): string {
  const email = (textOf('emails', written, 254) ?? '').toLowerCase();
  if (!EMAIL.test(email)) throw new ScimInvalid('emails must hold an e-mail address.');
  return email;
}

/** What somebody is called: as it is said, else put together. */
export function nameOf(change: ScimChange, before: string | null): string | null {
  const { displayName, formatted, givenName, familyName } = change;
  const together = [givenName, familyName].filter((part) => typeof part === 'string').join(' ');
  return displayName ?? formatted ?? (together === '' ? before : together);
}

export function versionOf({ user, profile }: ScimUser): string {
  return `W/"${user.version}.${profile?.version ?? 0}"`;
}

/** The person as SCIM shows it. */
export function scimUserView({ user, profile }: ScimUser, groups: readonly GroupRef[], base: string) {
  const { id, name, email, status, locale, department, managerId, createdAt, updatedAt, role } = user;
  const optional = (values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
  const enterprise = optional({
    department,
    manager: managerId === null ? null : { value: managerId, $ref: `${base}/Users/${managerId}` },
  });
  const hasEnterprise = Object.keys(enterprise).length > 0;
  return {
    schemas: [scimSchemas.user, ...(hasEnterprise ? [scimSchemas.enterpriseUser] : [])],
    id,
    userName: profile?.userName ?? email,
    name: optional({ formatted: name, givenName: profile?.givenName, familyName: profile?.familyName }),
    displayName: name,
    active: status !== 'deactivated',
    emails: [{ value: email, type: 'work', primary: true }],
    ...optional({ externalId: profile?.externalId, title: profile?.title, preferredLanguage: locale }),
    roles: [{ value: role, primary: true }],
    groups: groups.map(({ teamId, name: display }) => ({
      ...{ value: teamId, display, type: 'direct', $ref: `${base}/Groups/${teamId}` },
    })),
    ...(hasEnterprise ? { [scimSchemas.enterpriseUser]: enterprise } : {}),
    meta: {
      resourceType: 'User',
      created: createdAt.toISOString(),
      lastModified: updatedAt.toISOString(),
      version: versionOf({ user, profile }),
      location: `${base}/Users/${id}`,
    },
  };
}
