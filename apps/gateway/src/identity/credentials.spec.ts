import { describe, expect, it } from '@jest/globals';
import { cookieOf, readCredentials } from './credentials.js';

describe(readCredentials.name, () => {
  it('takes the session cookie of the kind of connection, and no other', () => {
    const cookie = 'harka_session=plain; __Host-harka_session=secure';
    expect(readCredentials({ cookie }, false).cookie).toBe('plain');
    expect(readCredentials({ cookie }, true).cookie).toBe('secure');
    expect(readCredentials({ cookie: 'harka_session=plain' }, true).cookie).toBeNull();
  });

  it('leaves the cookie aside where a credential is shown on purpose', () => {
    const cookie = 'harka_session=c';
    expect(readCredentials({ cookie, authorization: 'Bearer t' }, false)).toEqual({
      apiKey: null,
      bearer: 't',
      cookie: null,
    });
    expect(readCredentials({ cookie, 'x-api-key': 'k' }, false)).toMatchObject({ apiKey: 'k', cookie: null });
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', 'Bearer a,b', 'token'])(
    'refuses %p',
    (authorization) => {
      expect(() => readCredentials({ authorization }, false)).toThrow('Bearer');
    },
  );
});

describe(cookieOf.name, () => {
  it.each([
    ['a=1', 'a', '1'],
    ['a=1; b=2', 'b', '2'],
    ['a=1;b=2', 'b', '2'],
    ['xa=1; a=2', 'a', '2'],
    ['a=b=c', 'a', 'b=c'],
    ['a=1; a=2', 'a', '1'],
    ['a=', 'a', null],
    ['ab=1', 'a', null],
    ['', 'a', null],
    [';;;', 'a', null],
  ])('reads %p', (header, name, value) => {
    expect(cookieOf(header, name)).toBe(value);
  });
});
