import {
  ACCESS_TOKEN_LIFETIME,
  deviceCookie,
  sessionCookies,
  type OperatorSignedIn,
  type SignedIn,
} from '#libs/contracts/auth';
import { permissionsOfRole } from '#libs/contracts';
import { Reply, withCookies, type Cookie } from '#libs/service';
import type { OperatorSignIn } from '../operator/operator.js';
import { SessionEnded } from './session.errors.js';
import type { SignIn } from './sign-in.js';

type Scheme = 'http' | 'https';

/** How a sign-in is handed over: as cookies to browsers, in the body to programs that ask for it. */
export type Delivery = 'cookies' | 'body';

/** What of a request a session is carried by. */
export interface SessionCarrier {
  readonly scheme: Scheme;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

type Tokens = Pick<SignIn, 'accessToken' | 'refreshToken' | 'refreshableFor'>;

export function signedInReply(
  signIn: SignIn,
  { scheme }: SessionCarrier,
  delivery: Delivery,
): Reply<SignedIn> {
  const { id, email, name, role } = signIn.user;
  const user = { id, email, name, role, permissions: [...permissionsOfRole(role)] };
  return handOver({ ...tokensOf(signIn, delivery), user }, signIn, scheme, delivery);
}

export function operatorReply(
  signIn: OperatorSignIn,
  { scheme }: SessionCarrier,
  delivery: Delivery,
): Reply<OperatorSignedIn> {
  return handOver({ ...tokensOf(signIn, delivery), operator: signIn.operator }, signIn, scheme, delivery);
}

/** Signed in, and remembered as a device that is trusted. */
export function trustedReply(
  signIn: SignIn,
  device: { readonly token: string; readonly seconds: number } | null,
  carrier: SessionCarrier,
  delivery: Delivery,
): Reply<SignedIn> {
  const reply = signedInReply(signIn, carrier, delivery);
  if (device === null) return reply;
  const { scheme } = carrier;
  const trusted = cookie(deviceCookie(scheme), device.token, device.seconds, scheme, 'Strict');
  return withCookies(reply.body, [...(reply.options.cookies ?? []), trusted]);
}

/** The token of the device, where it was trusted once. */
export function givenDeviceToken({ scheme, headers }: SessionCarrier): string | undefined {
  return cookieOf(headers['cookie'] ?? '', deviceCookie(scheme)) ?? undefined;
}

/** A new access token in place of the one of before. */
export function withSessionCookie<T>(body: T, accessToken: string, { scheme }: SessionCarrier): Reply<T> {
  const { session } = sessionCookies(scheme);
  return withCookies(body, [cookie(session, accessToken, ACCESS_TOKEN_LIFETIME, scheme, 'Lax')]);
}

/** Takes the cookies back, both of them. */
export function signedOutReply({ scheme }: SessionCarrier): Reply<undefined> {
  const names = sessionCookies(scheme);
  return withCookies(undefined, [
    cookie(names.session, '', 0, scheme, 'Lax'),
    cookie(names.refresh, '', 0, scheme, 'Strict'),
  ]);
}

/** The refresh token of a request, and how it came: in the body or as the cookie. */
export function givenRefreshToken(
  body: { readonly refreshToken?: string | undefined },
  carrier: SessionCarrier,
): { token: string; delivery: Delivery } | null {
  if (body.refreshToken !== undefined) return { token: body.refreshToken, delivery: 'body' };
  const token = cookieOf(carrier.headers['cookie'] ?? '', sessionCookies(carrier.scheme).refresh);
  return token === null ? null : { token, delivery: 'cookies' };
}

/** @throws SessionEnded when there is none */
export function requiredRefreshToken(...request: Parameters<typeof givenRefreshToken>) {
  const given = givenRefreshToken(...request);
  if (given === null) throw new SessionEnded();
  return given;
}

function tokensOf({ accessToken, refreshToken }: Tokens, delivery: Delivery) {
  return { accessToken, expiresIn: ACCESS_TOKEN_LIFETIME, ...(delivery === 'body' && { refreshToken }) };
}

function handOver<T>(body: T, tokens: Tokens, scheme: Scheme, delivery: Delivery): Reply<T> {
  if (delivery === 'body') return new Reply(body);
  const names = sessionCookies(scheme);
  return withCookies(body, [
    // Lax, so that a link in a mail leads to where one is signed in.
    cookie(names.session, tokens.accessToken, ACCESS_TOKEN_LIFETIME, scheme, 'Lax'),
    cookie(names.refresh, tokens.refreshToken, tokens.refreshableFor, scheme, 'Strict'),
  ]);
}

function cookie(
  name: string,
  value: string,
  maxAge: number,
  scheme: Scheme,
  sameSite: Cookie['sameSite'],
): Cookie {
  return { name, value, maxAge, secure: scheme === 'https', sameSite };
}

/** The value of one cookie, or null. */
export function cookieOf(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const [key, ...value] = pair.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return null;
}
