import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from '../api/problem.js';
import { fieldErrors } from './field-errors.js';
import { linkToken } from './link-token.js';
import { passwordFault } from './password-rule.js';

describe(passwordFault.name, () => {
  it.each([
    ['', 'missing'],
    ['123456789', 'short'],
    ['1234567890', null],
    ['pässwörter', null],
    ['ü'.repeat(37), 'long'],
  ])('finds in %j: %s', (password, fault) => {
    expect(passwordFault(password)).toBe(fault);
  });
});

describe(fieldErrors.name, () => {
  it('gives each field the first thing said about it', () => {
    const refused = new ApiProblem(422, 'request.invalid', '', [
      { pointer: '/password', code: 'a', detail: 'Too short.' },
      { pointer: '/password', code: 'b', detail: 'Too common.' },
      { pointer: '/email', code: 'c', detail: 'Not an address.' },
    ]);
    expect(fieldErrors(refused)).toEqual({ password: 'Too short.', email: 'Not an address.' });
  });

  it('finds nothing in other failures', () => {
    expect(fieldErrors(new Error('x'))).toEqual({});
  });
});

describe(linkToken.name, () => {
  it.each([
    ['token=abc', 'abc'],
    ['#token=a%2Bb&x=1', 'a+b'],
    ['', null],
    ['section', null],
  ])('reads %j as %j', (hash, token) => {
    expect(linkToken(hash)).toBe(token);
  });
});
