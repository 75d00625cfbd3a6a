import { describe, expect, it } from '@jest/globals';
import { attributeMapping, provisioning } from '#libs/contracts/auth';
import { personOfClaims } from './federated-person.js';

const connection = (mapping: object = {}, rules: object[] = []) => ({
  mapping: attributeMapping.parse(mapping),
  provisioning: provisioning.parse({ rules }),
});
const claims = (attributes: Record<string, string[]>, subject = 'x') => ({
  subject,
  attributes: Object.entries(attributes),
});

describe(personOfClaims.name, () => {
  it('finds the usual names, and an address that is the subject', () => {
    expect(
      personOfClaims(connection(), claims({ mail: ['Ann@Acme.example'], givenName: ['Ann'], sn: ['Other'] })),
    ).toMatchObject({ email: 'ann@acme.example', name: 'Ann Other', role: 'learner' });
    expect(personOfClaims(connection(), claims({}, 'ann@acme.example')).email).toBe('ann@acme.example');
  });

  it('looks nowhere else where a name was given', () => {
    const mapped = connection({ email: 'contact', name: 'title' });
    expect(
      personOfClaims(mapped, claims({ mail: ['a@b.example'], name: ['A'] }, 'a@b.example')),
    ).toMatchObject({
      email: null,
      name: null,
    });
  });

  it('takes the first role and the first team that fit, whatever the case', () => {
    const rules = [
      { value: 'staff', team: 'Everybody' },
      { value: 'trainers', role: 'instructor', team: 'Trainers' },
      { value: 'admins', role: 'admin' },
    ];
    const person = personOfClaims(connection({}, rules), claims({ groups: ['Admins', 'TRAINERS', 'Staff'] }));
    expect(person).toMatchObject({ role: 'instructor', team: 'Everybody', roleByRule: true });
    expect(personOfClaims(connection({}, rules), claims({ groups: ['guests'] }))).toMatchObject({
      role: 'learner',
      team: null,
    });
    expect(personOfClaims(connection({}, rules), claims({ groups: ['adm', 'staff-x'] })).team).toBeNull();
  });

  it('makes nobody an owner', () => {
    expect(provisioning.safeParse({ rules: [{ value: 'owner', role: 'owner' }] }).success).toBe(false);
    expect(personOfClaims(connection(), claims({ groups: ['owner'], role: ['owner'] })).role).toBe('learner');
  });

  it('bears odd names of attributes and odd values', () => {
    const odd = claims({
      __proto__x: ['1'],
      ['__proto__']: ['2'],
      name: ['A\u0000B\n'],
      department: [''],
      mail: ['no address'],
    });
    expect(personOfClaims(connection(), odd)).toMatchObject({ name: 'A B', department: null, email: null });
  });
});
