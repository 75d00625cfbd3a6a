import { parse, type Filter } from 'scim2-parse-filter';
import { ScimInvalid } from './scim.errors.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:';
const PREFIXES = [
  'urn:ietf:params:scim:schemas:core:2.0:user:',
  'urn:ietf:params:scim:schemas:core:2.0:group:',
  ENTERPRISE,
];

export type Attributes = ReadonlyMap<string, unknown>;

/** An attribute's name in one way of writing: lower case, without the schema that it may be told with. */
export function attributeName(written: string): string {
  const name = written.trim().toLowerCase();
  const prefix = PREFIXES.find((known) => name.startsWith(known));
  return prefix === undefined ? name : name.slice(prefix.length);
}

/** The members of an object by their names, whatever their case. What is no object has none. */
export function attributesOf(value: unknown): Attributes {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value).map(([name, inner]) => [attributeName(name), inner]));
}

/** An object as flat paths: `name.givenname`, whether it is nested or written as one name; extensions are opened. */
export function flattened(value: unknown): Attributes {
  const flat = new Map<string, unknown>();
  for (const [name, inner] of attributesOf(value)) {
    const isExtension = `${name}:` === ENTERPRISE;
    if (isExtension || name === 'name') {
      for (const [sub, part] of attributesOf(inner)) flat.set(isExtension ? sub : `${name}.${sub}`, part);
    } else flat.set(name, inner);
  }
  return flat;
}

/** Null takes it away. @throws ScimInvalid */
export function textOf(name: string, value: unknown, most = 200): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw new ScimInvalid(`${name} must be text.`);
  const text = value.trim();
  if (text.length > most) throw new ScimInvalid(`${name} has at most ${most} characters.`);
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  if (!text.isWellFormed() || /[\u0000-\u001f\u007f-\u009f]/u.test(text)) {
    throw new ScimInvalid(`${name} holds control characters.`);
  }
  return text === '' ? null : text;
}

/** Entra sends `"False"`. @throws ScimInvalid */
export function booleanOf(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ScimInvalid(`${name} must be true or false.`);
}

/** A reference as text or as `{value}`; Entra sends both. */
export function referenceOf(name: string, value: unknown): string | null {
  const inner = typeof value === 'object' ? (attributesOf(value).get('value') ?? null) : value;
  return textOf(name, inner);
}

export interface PatchPath {
  readonly attribute: string;
  readonly filter: Filter | null;
  readonly sub: string | null;
}

export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: PatchPath | null;
  readonly value: unknown;
}

const MOST_OPERATIONS = 1_000;

/** `Operations` of a PATCH. @throws ScimInvalid */
export function patchOperations(body: unknown): PatchOperation[] {
  const operations = attributesOf(body).get('operations');
  if (!Array.isArray(operations) || operations.length === 0 || operations.length > MOST_OPERATIONS) {
    throw new ScimInvalid(`Operations must be a list of 1 to ${MOST_OPERATIONS}.`, 'invalidSyntax');
  }
  return operations.map((operation: unknown) => {
    const given = attributesOf(operation);
    const named = given.get('op');
    const op = typeof named === 'string' ? named.toLowerCase() : '';
    if (op !== 'add' && op !== 'replace' && op !== 'remove') {
      throw new ScimInvalid('op must be add, replace or remove.', 'invalidSyntax');
    }
    const written = given.get('path');
    const path = written === undefined || written === null || written === '' ? null : pathOf(written);
    if (path === null && op === 'remove') throw new ScimInvalid('remove needs a path.', 'noTarget');
    return { op, path, value: given.get('value') };
  });
}

const PATH = /^([A-Za-z$][\w:.$-]{0,200}?)(?:\[(.{1,500})\])?(?:\.([A-Za-z$][\w$-]{0,60}))?$/;

function pathOf(written: unknown): PatchPath {
  // An extension's name has dots of its own (2.0), so the last name is looked for behind the last colon.
  const text = typeof written === 'string' ? written.trim() : '';
  const colon = text.includes('[')
    ? text.slice(0, text.indexOf('[')).lastIndexOf(':')
    : text.lastIndexOf(':');
  const match = PATH.exec(text.slice(colon + 1));
  if (match === null || text.length > 1_000) {
    throw new ScimInvalid('The path is not one of SCIM.', 'invalidPath');
  }
  const [, attribute = '', filter, sub] = match;
  return {
    attribute: attributeName(attribute),
    filter: filter === undefined ? null : filterOf(filter),
    sub: sub?.toLowerCase() ?? null,
  };
}

const MOST_NESTED = 20;

/** @throws ScimInvalid `invalidFilter` */
export function filterOf(text: string): Filter {
  let depth = 0;
  for (const letter of text) {
    if (letter === '(' || letter === '[') depth += 1;
    if (depth > MOST_NESTED) throw new ScimInvalid('The filter is nested too deeply.', 'invalidFilter');
  }
  if ((text.match(/\bnot\b/gi)?.length ?? 0) > MOST_NESTED) {
    throw new ScimInvalid('The filter is nested too deeply.', 'invalidFilter');
  }
  try {
    return parse(text);
  } catch {
    throw new ScimInvalid('The filter is not one of SCIM.', 'invalidFilter');
  }
}
