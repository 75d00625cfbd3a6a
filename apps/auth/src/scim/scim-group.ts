import { scimSchemas } from '#libs/contracts/auth';
import type { Filter } from 'scim2-parse-filter';
import type { Team } from '../team/team.js';
import { attributeName, attributesOf, flattened, patchOperations, textOf } from './scim-attributes.js';
import { ScimInvalid } from './scim.errors.js';

export interface ScimGroup {
  readonly team: Team;
  /** Null for a team that no identity provider made. */
  readonly group: { readonly externalId: string | null; readonly version: number } | null;
}

export interface Member {
  readonly teamId: string;
  readonly userId: string;
  readonly name: string;
}

/** What is to change. `members` in place of all there were; `add` and `remove` besides. */
export interface GroupChange {
  displayName?: string;
  externalId?: string | null;
  members?: Set<string>;
  readonly add: Set<string>;
  readonly remove: Set<string>;
}

const readOnly = new Set(['id', 'meta', 'schemas']);

/** @throws ScimInvalid */
export function groupChangeOf(body: unknown): GroupChange {
  const change: GroupChange = { add: new Set(), remove: new Set() };
  for (const [name, value] of flattened(body)) set(change, name, value);
  return change;
}

/** As of PUT: who is not named is taken out. @throws ScimInvalid */
export function groupReplacementOf(body: unknown): GroupChange {
  const change = groupChangeOf(body);
  if (change.displayName === undefined) throw new ScimInvalid('displayName is missing.');
  return { externalId: null, members: new Set(), ...change };
}

/** @throws ScimInvalid */
export function groupPatchOf(body: unknown): GroupChange {
  const change: GroupChange = { add: new Set(), remove: new Set() };
  for (const { op, path, value } of patchOperations(body)) {
    if (path === null) {
      const given = flattened(value);
      for (const [name, inner] of given) {
        if (name === 'members' && op === 'add') addAll(change, membersOf(inner));
        else set(change, name, inner);
      }
      continue;
    }
    const { attribute, filter } = path;
    if (readOnly.has(attribute)) throw new ScimInvalid(`${attribute} cannot be changed.`, 'mutability');
    if (attribute !== 'members') {
      if (op === 'remove' && attribute === 'displayname') {
        throw new ScimInvalid('displayName cannot be removed.', 'mutability');
      }
      set(change, attribute, op === 'remove' ? null : value);
      continue;
    }
    if (op === 'remove') {
      // As the standard has it, as Entra has it, or everybody.
      if (filter !== null) removeAll(change, [memberOf(filter)]);
      else if (value !== undefined && value !== null) removeAll(change, membersOf(value));
      else setAll(change, []);
    } else if (op === 'add') addAll(change, membersOf(value));
    else setAll(change, membersOf(value));
  }
  return change;
}

function set(change: GroupChange, name: string, value: unknown): void {
  if (name === 'members') setAll(change, membersOf(value));
  if (name === 'externalid') change.externalId = textOf('externalId', value, 500);
  if (name !== 'displayname') return;
  const displayName = textOf('displayName', value, 100);
  if (displayName === null) throw new ScimInvalid('displayName must not be empty.');
  change.displayName = displayName;
}

function setAll(change: GroupChange, ids: readonly string[]): void {
  change.members = new Set(ids);
  change.add.clear();
  change.remove.clear();
}

function addAll(change: GroupChange, ids: readonly string[]): void {
  for (const id of ids) {
    change.remove.delete(id);
    (change.members ?? change.add).add(id);
  }
}

function removeAll(change: GroupChange, ids: readonly string[]): void {
  for (const id of ids) {
    change.add.delete(id);
    if (change.members === undefined) change.remove.add(id);
    else change.members.delete(id);
  }
}

function membersOf(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  return [value].flat().map((member: unknown) => {
    const given = attributesOf(member);
    const type = given.get('type');
    if (typeof type === 'string' && type.toLowerCase() === 'group') {
      throw new ScimInvalid('Groups within groups are not kept; send the people.');
    }
    const id = typeof member === 'string' ? member : given.get('value');
    if (typeof id !== 'string' || id === '') throw new ScimInvalid('A member needs a value.');
    return id.toLowerCase();
  });
}

function memberOf(filter: Filter): string {
  if (filter.op === 'eq' && 'compValue' in filter && attributeName(filter.attrPath) === 'value') {
    return String(filter.compValue).toLowerCase();
  }
  throw new ScimInvalid('Members are chosen by value eq "…".', 'invalidFilter');
}

export function groupVersionOf({ team, group }: ScimGroup): string {
  return `W/"${team.version}.${group?.version ?? 0}"`;
}

export function scimGroupView({ team, group }: ScimGroup, members: readonly Member[], base: string) {
  return {
    schemas: [scimSchemas.group],
    id: team.id,
    displayName: team.name,
    ...(group?.externalId === null || group === null ? {} : { externalId: group.externalId }),
    members: members.map(({ userId, name }) => ({
      ...{ value: userId, display: name, type: 'User', $ref: `${base}/Users/${userId}` },
    })),
    meta: {
      resourceType: 'Group',
      created: team.createdAt.toISOString(),
      lastModified: team.updatedAt.toISOString(),
      version: groupVersionOf({ team, group }),
      location: `${base}/Groups/${team.id}`,
    },
  };
}
