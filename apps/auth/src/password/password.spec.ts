import { describe, expect, it } from '@jest/globals';
import { acceptablePassword, fitsHash } from './password.js';

const owner = { email: 'r.learner@acme.example', name: 'Robin Learner' };
const faultOf = (typed: string): string => {
  try {
    acceptablePassword(typed, owner);
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe(acceptablePassword.name, () => {
  it.each([
    'correct horse battery',
    'Tr0ub4dor&3x',
    'ПрощеНекуда',
    'kaffee mit milch',
    '漢字漢語熟語表現文字列',
  ])('takes %p', (typed) => {
    expect(faultOf(typed)).toBe('none');
  });

  it.each(['', 'short', '123456789', 'ninechars', '👍👍👍👍👍👍👍👍👍'])('finds %p too short', (typed) => {
    expect(faultOf(typed)).toBe('auth.password_too_short');
  });

  it('counts what bcrypt reads, not characters: 72 bytes pass and 73 do not', () => {
    const varied = (bytes: number) => 'correct horse battery staple '.repeat(9).slice(0, bytes - 1) + '#';
    expect(faultOf(varied(72))).toBe('none');
    expect(faultOf(varied(73))).toBe('auth.password_too_long');
    expect(faultOf('ü'.repeat(20) + 'Straßenbahnhaltestelle an der Ecke')).toBe('auth.password_too_long');
  });

  it('refuses half a character, which cannot be told from any other half', () => {
    expect(faultOf('long enough \ud800')).toBe('auth.password_too_long');
  });

  it('refuses a NUL, behind which bcrypt would not look', () => {
    expect(faultOf('long enough\0 and more')).toBe('auth.password_too_long');
  });

  it.each([
    'password123',
    'P@ssw0rd123!',
    'Passw0rd!!',
    'qwertyuiop',
    '1234567890',
    '0987654321',
    'abcdefghij',
    'aaaaaaaaaaaa',
    'abababababab',
    'letmeinletmein',
    'Welcome2025!',
    'iloveyou12',
    '1q2w3e4r5t',
    'Summer2026!',
    'r.learner@acme.example',
    'RobinLearner1',
    'Robin Learner',
    'r.learner2026',
    'passwordpassword',
    'asdfghjkl123',
  ])('finds %p too easy to guess', (typed) => {
    expect(faultOf(typed)).toBe('auth.password_common');
  });

  it('takes the same password from keyboards that compose characters differently', () => {
    expect(acceptablePassword('caf\u0065\u0301 am Ufer', owner)).toBe(
      acceptablePassword('caf\u00e9 am Ufer', owner),
    );
  });

  it('knows what fits a hash', () => {
    expect([fitsHash('a'.repeat(72)), fitsHash('a'.repeat(73))]).toEqual([true, false]);
  });
});
