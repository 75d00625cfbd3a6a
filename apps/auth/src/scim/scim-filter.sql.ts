import type { Filter } from 'scim2-parse-filter';
import { attributeName } from './scim-attributes.js';
import { ScimInvalid } from './scim.errors.js';

type Kind = 'text' | 'exact' | 'boolean' | 'instant' | 'always' | 'indexed';

interface Column {
  readonly kind: Kind;
  readonly sql: string;
  /** For `indexed`: the condition that an equal value leads to, by an index. */
  readonly equals?: (parameter: string) => string;
}

export type Columns = ReadonlyMap<string, Column>;

export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const text = (sql: string): Column => ({ kind: 'text', sql });
const exact = (sql: string): Column => ({ kind: 'exact', sql });

/** Attributes that people are found by. `u` is the user, `s` what an identity provider says of him. */
export const userColumns: Columns = new Map<string, Column>([
  [
    'username',
    {
      kind: 'indexed',
      sql: 'coalesce(s.user_name, u.email)',
      equals: (parameter) => `u.id IN (
        SELECT user_id FROM auth.scim_users WHERE user_name_key = lower(${parameter})
         UNION ALL
        SELECT id FROM auth.users y WHERE email = lower(${parameter})
           AND NOT EXISTS (SELECT 1 FROM auth.scim_users z WHERE z.user_id = y.id))`,
    },
  ],
  [
    'externalid',
    {
      kind: 'exact',
      sql: 's.external_id',
      equals: (parameter) => `u.id IN (SELECT user_id FROM auth.scim_users WHERE external_id = ${parameter})`,
    },
  ],
  ['id', exact('u.id::text')],
  ['emails', { kind: 'indexed', sql: 'u.email', equals: (parameter) => `u.email = lower(${parameter})` }],
  [
    'emails.value',
    { kind: 'indexed', sql: 'u.email', equals: (parameter) => `u.email = lower(${parameter})` },
  ],
  ['emails.type', { kind: 'always', sql: 'work' }],
  ['emails.primary', { kind: 'always', sql: 'true' }],
  ['displayname', text('u.name')],
  ['name.formatted', text('u.name')],
  ['name.givenname', text('s.given_name')],
  ['name.familyname', text('s.family_name')],
  ['title', text('s.title')],
  ['department', text('u.department')],
  ['manager.value', exact('u.manager_id::text')],
  ['groups.value', exact('u.team_id::text')],
  ['active', { kind: 'boolean', sql: `(u.status <> 'deactivated')` }],
  ['meta.created', { kind: 'instant', sql: 'u.created_at' }],
  ['meta.lastmodified', { kind: 'instant', sql: 'u.updated_at' }],
]);

export const groupColumns: Columns = new Map<string, Column>([
  [
    'displayname',
    { kind: 'indexed', sql: 't.name', equals: (parameter) => `t.sort_name = lower(${parameter})` },
  ],
  ['externalid', exact('g.external_id')],
  ['id', exact('t.id::text')],
  ['members', { kind: 'exact', sql: '', equals: memberOf }],
  ['members.value', { kind: 'exact', sql: '', equals: memberOf }],
  ['meta.created', { kind: 'instant', sql: 't.created_at' }],
  ['meta.lastmodified', { kind: 'instant', sql: 't.updated_at' }],
]);

function memberOf(parameter: string): string {
  return `EXISTS (SELECT 1 FROM auth.scim_group_members m WHERE m.team_id = t.id AND m.user_id::text = lower(${parameter}))`;
}

const MOST_TERMS = 50;

/** The filter as a condition. Values are parameters, names come from the list: nothing of the filter becomes SQL. */
export function conditionOf(filter: Filter, columns: Columns): Condition {
  const values: unknown[] = [];
  let terms = 0;
  const bind = (value: unknown): string => {
    values.push(value);
    return `$${values.length}`;
  };
  const walk = (node: Filter, prefix: string): string => {
    terms += 1;
    if (terms > MOST_TERMS) throw new ScimInvalid('The filter has too many terms.', 'invalidFilter');
    if ('filters' in node) {
      return `(${node.filters.map((inner) => walk(inner, prefix)).join(node.op === 'and' ? ' AND ' : ' OR ')})`;
    }
    if ('filter' in node) return `NOT coalesce(${walk(node.filter, prefix)}, false)`;
    if ('valFilter' in node) return walk(node.valFilter, `${attributeName(node.attrPath)}.`);
    const name = prefix + attributeName(node.attrPath);
    const column = columns.get(name);
    if (column === undefined) throw new ScimInvalid(`Nothing is found by ${name}.`, 'invalidFilter');
    return 'compValue' in node ? compare(column, node.op, node.compValue, bind) : present(column);
  };
  return { sql: walk(filter, ''), values };
}

function present({ kind, sql }: Column): string {
  return kind === 'always' || sql === '' ? 'true' : `${sql} IS NOT NULL`;
}

const operators: Readonly<Partial<Record<string, string>>> = {
  eq: '=',
  ne: '<>',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

function compare(
  { kind, sql, equals }: Column,
  op: string,
  given: boolean | null | number | string,
  bind: (value: unknown) => string,
): string {
  if (kind === 'always') {
    const isSame = String(given).toLowerCase() === sql;
    return String(op === 'ne' ? !isSame : isSame);
  }
  if (given === null) return op === 'eq' ? `NOT (${present({ kind, sql })})` : present({ kind, sql });
  if (op === 'eq' && equals !== undefined) return equals(bind(plain(given)));
  if (sql === '') throw new ScimInvalid('This is found by eq alone.', 'invalidFilter');
  const operator = operators[op];
  if (kind === 'boolean') {
    if (operator !== '=' && operator !== '<>') {
      throw new ScimInvalid('active takes eq and ne.', 'invalidFilter');
    }
    return `${sql} ${operator} ${bind(String(given).toLowerCase() === 'true')}`;
  }
  if (kind === 'instant') {
    const time = Date.parse(String(given));
    if (Number.isNaN(time) || operator === undefined) {
      throw new ScimInvalid('A date and time is expected.', 'invalidFilter');
    }
    return `${sql} ${operator} ${bind(new Date(time))}`;
  }
  const [left, right] =
    kind === 'exact' ? [sql, plain(given)] : [`lower(${sql})`, plain(given).toLowerCase()];
  // Who has no such value is not the value that is asked for.
  if (op === 'ne') return `${left} IS DISTINCT FROM ${bind(right)}`;
  if (operator !== undefined) return `${left} ${operator} ${bind(right)}`;
  if (op === 'co') return `strpos(${left}, ${bind(right)}) > 0`;
  if (op === 'sw') return `starts_with(${left}, ${bind(right)})`;
  const end = bind(right);
  return `right(${left}, char_length(${end}::text)) = ${end}`;
}

function plain(given: boolean | number | string): string {
  const value = String(given);
  // Postgres has no NUL, and what is not well-formed is nobody's.
  if (value.includes('\0') || !value.isWellFormed()) {
    throw new ScimInvalid('The value is not text.', 'invalidFilter');
  }
  return value;
}
