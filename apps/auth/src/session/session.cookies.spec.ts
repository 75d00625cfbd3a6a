import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { cookieHeader } from '#libs/service';
import { createUser } from '../user/user.js';
import { givenRefreshToken, requiredRefreshToken, signedInReply, signedOutReply } from './session.cookies.js';

const user = createUser(
  newId(),
  { email: 'a@acme.example', name: 'A', role: 'learner' },
  'active',
  new Date(),
);
const signIn = {
  user,
  sessionId: newId(),
  accessToken: 'access',
  refreshToken: 'refresh',
  refreshableFor: 1_209_600,
};
const https = { scheme: 'https', headers: {} } as const;
const http = { scheme: 'http', headers: {} } as const;
const headersOf = (reply: { options: { cookies?: readonly Parameters<typeof cookieHeader>[0][] } }) =>
  (reply.options.cookies ?? []).map(cookieHeader);

describe('session cookies', () => {
  it('are host-only, unreadable to scripts and Secure over HTTPS', () => {
    expect(headersOf(signedInReply(signIn, https, 'cookies'))).toEqual([
      '__Host-harka_session=access; Path=/; HttpOnly; SameSite=Lax; Max-Age=900; Secure',
      '__Host-harka_refresh=refresh; Path=/; HttpOnly; SameSite=Strict; Max-Age=1209600; Secure',
    ]);
  });

  it('go without Secure and prefix over loopback HTTP', () => {
    expect(headersOf(signedInReply(signIn, http, 'cookies'))).toEqual([
      'harka_session=access; Path=/; HttpOnly; SameSite=Lax; Max-Age=900',
      'harka_refresh=refresh; Path=/; HttpOnly; SameSite=Strict; Max-Age=1209600',
    ]);
  });

  it('keep the refresh token out of the body, unless a program asked for it there', () => {
    expect(signedInReply(signIn, https, 'cookies').body).toEqual({
      ...{ accessToken: 'access', expiresIn: 900 },
      user: {
        id: user.id,
        email: user.email,
        name: 'A',
        role: 'learner',
        permissions: ['courses.read', 'enrolments.self'],
      },
    });
    const reply = signedInReply(signIn, https, 'body');
    expect(reply.body.refreshToken).toBe('refresh');
    expect(headersOf(reply)).toEqual([]);
  });

  it('are taken back at sign-out', () => {
    for (const header of headersOf(signedOutReply(https))) {
      expect(header).toMatch(/^__Host-harka_\w+=; .*Max-Age=0/);
    }
  });

  it('are read by their exact name for the scheme; the body wins', () => {
    const cookie = 'x__Host-harka_refresh=no; __Host-harka_refresh=a.b=c; harka_refresh=plain';
    expect(givenRefreshToken({}, { scheme: 'https', headers: { cookie } })).toEqual({
      token: 'a.b=c',
      delivery: 'cookies',
    });
    expect(givenRefreshToken({}, { scheme: 'http', headers: { cookie } })?.token).toBe('plain');
    const both = { scheme: 'https', headers: { cookie } } as const;
    expect(givenRefreshToken({ refreshToken: 'mine' }, both)).toEqual({ token: 'mine', delivery: 'body' });
    expect(givenRefreshToken({}, https)).toBeNull();
    expect(() => requiredRefreshToken({}, https)).toThrow('signed out');
  });
});
