import type { Role } from '#libs/contracts';
import type { AttributeMapping } from '#libs/contracts/auth';
import { email as emailSchema } from '#libs/contracts';
import type { Connection } from '../connection/connection.js';
import type { FederatedClaims } from './sign-in-flow.js';

/** Somebody as the provider describes him, in our words. */
export interface FederatedPerson {
  readonly email: string | null;
  readonly name: string | null;
  readonly department: string | null;
  readonly groups: readonly string[];
  readonly role: Role;
  /** Whether a rule chose the role. */
  readonly roleByRule: boolean;
  readonly team: string | null;
}

type Field = keyof AttributeMapping;

const soap = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const microsoft = 'http://schemas.microsoft.com';

/** Where providers put things when nobody told them otherwise. */
const usualNames: Readonly<Record<Field, readonly string[]>> = {
  email: [
    'email',
    'mail',
    'emailAddress',
    'emailaddress',
    `${soap}/emailaddress`,
    'urn:oid:0.9.2342.19200300.100.1.3',
  ],
  name: [
    'name',
    'displayName',
    `${microsoft}/identity/claims/displayname`,
    'urn:oid:2.16.840.1.113730.3.1.241',
    'cn',
  ],
  firstName: ['given_name', 'givenName', 'firstName', 'first_name', `${soap}/givenname`, 'urn:oid:2.5.4.42'],
  lastName: ['family_name', 'surname', 'sn', 'lastName', 'last_name', `${soap}/surname`, 'urn:oid:2.5.4.4'],
  department: ['department', 'urn:oid:2.16.840.1.113730.3.1.2'],
  groups: ['groups', 'group', 'memberOf', 'roles', `${microsoft}/ws/2008/06/identity/claims/groups`],
};

/** Applies the mapping and the rules of a connection to what its provider said. */
export function personOfClaims(
  { mapping, provisioning }: Pick<Connection, 'mapping' | 'provisioning'>,
  claims: Pick<FederatedClaims, 'subject' | 'attributes'>,
): FederatedPerson {
  const attributes = new Map(claims.attributes);
  const valuesOf = (field: Field): readonly string[] => {
    const named = mapping[field];
    const names = named === null ? usualNames[field] : [named];
    return names.map((name) => attributes.get(name)).find((values) => values !== undefined) ?? [];
  };
  const first = (field: Field): string | null => tidy(valuesOf(field)[0], 200);
  const groups = valuesOf('groups').slice(0, 1_000);
  const fits = ({ attribute, value }: { attribute: string | null; value: string }) => {
    const values = attribute === null ? groups : (attributes.get(attribute) ?? []);
    return values.some((one) => one.toLowerCase() === value.toLowerCase());
  };
  const fitting = provisioning.rules.filter(fits);
  const role = fitting.find((rule) => rule.role !== null)?.role ?? null;
  const full = [first('firstName'), first('lastName')].filter((part) => part !== null).join(' ');
  return {
    email: emailOf(valuesOf('email')[0]) ?? (mapping.email === null ? emailOf(claims.subject) : null),
    name: first('name') ?? (full === '' ? null : full),
    department: tidy(valuesOf('department')[0], 100),
    groups,
    role: role ?? provisioning.defaultRole,
    roleByRule: provisioning.rules.some((rule) => rule.role !== null),
    team: fitting.find((rule) => rule.team !== null)?.team ?? null,
  };
}

function emailOf(text: string | undefined): string | null {
  const parsed = emailSchema().safeParse(text);
  return parsed.success ? parsed.data : null;
}

/** One line of at most so many characters; control characters have no place in a name. */
function tidy(text: string | undefined, most: number): string | null {
  // eslint-disable-next-line no-control-regex -- control characters are what this removes
  const line = (text ?? '').replace(/[\u0000-\u001f\u007f-\u009f]+/gu, ' ').trim();
  if (line === '' || !line.isWellFormed()) return null;
  return Array.from(line).slice(0, most).join('');
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
