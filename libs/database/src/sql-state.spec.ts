import { describe, expect, it } from '@jest/globals';
import { isUniqueViolation, sqlState } from './sql-state.js';

const reported = { severity: 'ERROR', code: '23505', constraint: 'users_email_key' };

describe(sqlState.name, () => {
  it('is what Postgres reported, behind wrappers too', () => {
    expect(sqlState(reported)).toBe('23505');
    expect(sqlState(new Error('wrapped', { cause: reported }))).toBe('23505');
  });

  it('is none for errors of another kind', () => {
    expect(sqlState(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))).toBeUndefined();
    expect(sqlState(null)).toBeUndefined();
    expect(sqlState('text')).toBeUndefined();
  });
});

describe(isUniqueViolation.name, () => {
  it('can tell one key from another', () => {
    expect(isUniqueViolation(reported)).toBe(true);
    expect(isUniqueViolation(new Error('wrapped', { cause: reported }), 'users_email_key')).toBe(true);
    expect(isUniqueViolation(reported, 'users_pkey')).toBe(false);
  });
});
