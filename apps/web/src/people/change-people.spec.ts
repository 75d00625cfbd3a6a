import { describe, expect, it } from '@jest/globals';
import type { User } from '#libs/contracts/auth';
import { undoOf } from './change-people.js';

const person = (id: string, values: Partial<User>): User => ({
  ...{ id, email: `${id}@acme.example`, name: id, role: 'learner', status: 'active' },
  ...{ department: null, team: null, teamId: null, managerId: null, locale: null, timeZone: null },
  ...{ lastLoginAt: null, createdAt: '2026-01-15T09:00:00.000Z', updatedAt: '2026-01-15T09:00:00.000Z' },
  ...values,
});

describe(undoOf.name, () => {
  it('gives everybody back what he had before', () => {
    const before = [person('a', { role: 'author' }), person('b', {}), person('c', {})];
    expect(undoOf({ action: 'set_role', role: 'viewer' }, before)).toEqual([
      { change: { action: 'set_role', role: 'author' }, userIds: ['a'] },
      { change: { action: 'set_role', role: 'learner' }, userIds: ['b', 'c'] },
    ]);
  });

  it('gives access back that was taken', () => {
    expect(undoOf({ action: 'deactivate' }, [person('a', {})])).toEqual([
      { change: { action: 'reactivate' }, userIds: ['a'] },
    ]);
  });

  it('cannot take a mail back', () => {
    expect(undoOf({ action: 'invite' }, [person('a', {})])).toBeNull();
  });
});
