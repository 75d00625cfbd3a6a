import { describe, expect, it } from '@jest/globals';
import { newConnection } from '#libs/contracts/auth';
import type { LdapConnection } from '../connection/connection.js';
import type { ListedPerson } from '../ldap/ldap-directory.js';
import { isTooMany, planOf, type KnownPerson } from './ldap-plan.js';
import { nextRun } from './ldap-sync.js';

const settings = (provisioning: object = {}) => {
  const { mapping, provisioning: parsed } = newConnection.parse({
    ...{ kind: 'ldap', name: 'Corp' },
    provisioning: { mode: 'create', emailDomains: 'verified', ...provisioning },
    ldap: { servers: [{ host: 'dc1', port: 636 }], bindDn: 'cn=s', bindPassword: 'x', baseDn: 'dc=x' },
  });
  return { mapping, provisioning: parsed } as unknown as LdapConnection;
};
const listed = (subject: string, attributes: Record<string, string> = {}): ListedPerson => ({
  claims: {
    ...{ issuer: 'ldap:entryuuid', subject, amr: ['pwd'] },
    attributes: Object.entries({ mail: `${subject}@acme.example`, displayName: subject, ...attributes }).map(
      ([name, value]): [string, string[]] => [name, [value]],
    ),
    ...{ providerSession: null, logoutHint: null, sessionUntil: null },
  },
  ...{ held: null, groups: [] },
});
const known = (subject: string, change: Partial<KnownPerson> = {}): KnownPerson => ({
  ...{ subject, userId: `id-${subject}`, email: `${subject}@acme.example`, name: subject },
  ...{ role: 'learner', status: 'active', department: null, team: null, goneAt: null, ...change },
});
const plan = (facts: Partial<Parameters<typeof planOf>[0]>) =>
  planOf({
    ...{ connection: settings(), listed: [], known: [], namesakes: [], seatsLeft: null },
    ...{ verifiedDomains: new Set(['acme.example']), breakGlass: new Set<string>() },
    ...facts,
  });
const reasons = ({ skipped }: ReturnType<typeof planOf>) => skipped.map(({ reason }) => reason);

describe(planOf.name, () => {
  it('lets nobody in for whom there is no seat, and says so', () => {
    const found = plan({ listed: [listed('a'), listed('b')], seatsLeft: 1 });
    expect(found.creations.map(({ subject }) => subject)).toEqual(['a']);
    expect(reasons(found)).toEqual(['limit.users_exceeded']);
  });

  it('makes one person of an address that two entries have', () => {
    const found = plan({ listed: [listed('a'), listed('b', { mail: 'a@acme.example' })] });
    expect(found.creations).toHaveLength(1);
    expect(reasons(found)).toEqual(['linked_to_another']);
  });

  it('takes no account over whose address is of a domain that is not proved', () => {
    const here = { ...known('boss'), isLinked: false };
    const asked = { listed: [listed('new', { mail: here.email })], namesakes: [here] };
    expect(plan(asked).updates).toMatchObject([{ userId: 'id-boss', links: true }]);
    const any = {
      ...asked,
      connection: settings({ emailDomains: 'any' }),
      verifiedDomains: new Set<string>(),
    };
    expect([plan(any).updates, reasons(plan(any))]).toEqual([[], ['domain_not_verified']]);
    expect(reasons(plan({ ...asked, namesakes: [{ ...here, isLinked: true }] }))).toEqual([
      'linked_to_another',
    ]);
  });

  it('follows neither an address that is taken nor one of another domain', () => {
    const two = [known('a'), known('b')];
    const foreign = plan({ listed: [listed('a', { mail: 'a@else.example' }), listed('b')], known: two });
    expect([foreign.updates, foreign.unchanged]).toEqual([[], 2]);
    const taken = plan({ listed: [listed('a', { mail: 'b@acme.example' }), listed('b')], known: two });
    expect([taken.updates, taken.unchanged]).toEqual([[], 2]);
  });

  it('keeps who is to get in when the directory is away, and owners', () => {
    const found = plan({
      known: [known('a'), known('b', { role: 'owner' }), known('c')],
      breakGlass: new Set(['id-a']),
    });
    expect(found.ends.map(({ subject }) => subject)).toEqual(['c']);
    expect(reasons(found)).toEqual(['break_glass_kept', 'owner_kept']);
  });

  it('changes nobody where the connection does not follow the directory', () => {
    const asked = { listed: [listed('a', { displayName: 'Other' })], known: [known('a')] };
    expect(plan(asked).updates).toHaveLength(1);
    expect(plan({ ...asked, connection: settings({ updateOnSignIn: false }) }).updates).toEqual([]);
  });

  it('gives roles by rules, but makes and unmakes no owner', () => {
    const rules = [{ attribute: 'department', value: 'IT', role: 'admin' }];
    const connection = settings({ rules });
    const people = [listed('a', { department: 'IT' }), listed('b', { department: 'IT' }), listed('c')];
    const before = [known('a'), known('b', { role: 'owner' }), known('c', { role: 'admin' })];
    const roles = plan({ connection, listed: people, known: before }).updates.map(({ subject, patch }) => [
      subject,
      patch.role,
    ]);
    expect(roles).toEqual([
      ['a', 'admin'],
      ['b', undefined],
      ['c', 'learner'],
    ]);
  });
});

describe(isTooMany.name, () => {
  it('lets go as many as the settings say, or as somebody allowed, and no one more', () => {
    const gone = (count: number) =>
      plan({
        known: Array.from({ length: 10 }, (_, at) => known(`p${at}`)),
        listed: Array.from({ length: 10 - count }, (_, at) => listed(`p${at}`)),
      });
    expect([isTooMany(gone(2), 20, 0), isTooMany(gone(3), 20, 0)]).toEqual([false, true]);
    expect([isTooMany(gone(3), 20, 3), isTooMany(gone(4), 20, 3)]).toEqual([false, true]);
  });
});

describe(nextRun.name, () => {
  it('comes after an hour or a day, give or take a twentieth, or not at all', () => {
    const [now, sync] = [new Date(0), { filter: null, mostDeactivatedPercent: 20, teams: false }];
    expect(nextRun({ ...sync, every: 'off' }, now, 0.5)).toBeNull();
    expect(nextRun({ ...sync, every: 'hourly' }, now, 0)?.getTime()).toBe(0.95 * 3_600_000);
    expect(nextRun({ ...sync, every: 'daily' }, now, 1)?.getTime()).toBe(1.05 * 86_400_000);
  });
});
