import { linkPaths } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { z } from 'zod';

/** A sign-in that a browser began here and that the provider is to answer. */
export const signInFlow = z.object({
  connectionId: z.string(),
  purpose: z.enum(['sign_in', 'test']),
  /** The hash of the cookie of the browser that began it. */
  browser: z.string(),
  returnTo: z.string(),
  /** Who runs the test. */
  testedBy: z.string().nullable(),
  /** Of a test that was begun by a setup link. */
  setupLinkId: z.string().nullable().default(null),
  nonce: z.string().nullable(),
  codeVerifier: z.string().nullable(),
});
export type SignInFlow = z.infer<typeof signInFlow>;

/** What a provider said about somebody, verified. */
export const federatedClaims = z.object({
  issuer: z.string(),
  subject: z.string(),
  attributes: z.array(z.tuple([z.string(), z.array(z.string())])),
  /** What the provider calls the session. */
  providerSession: z.string().nullable(),
  /** What the provider wants to hear at logout: the ID token, or how it wrote the NameID. */
  logoutHint: z.string().nullable(),
  /** Epoch milliseconds. */
  sessionUntil: z.number().nullable(),
  amr: z.array(z.string()),
});
export type FederatedClaims = z.infer<typeof federatedClaims>;

/** A verified answer on its way to the browser that it is for. */
export const handoff = z.object({
  connectionId: z.string(),
  /** Null: the provider began, so whoever opens it is asked first. */
  browser: z.string().nullable(),
  returnTo: z.string(),
  claims: federatedClaims,
});
export type Handoff = z.infer<typeof handoff>;

export const signInTest = z.object({
  connectionId: z.string(),
  /** Null: it was begun by a setup link. */
  userId: z.string().nullable(),
  setupLinkId: z.string().nullable().default(null),
});
export type SignInTest = z.infer<typeof signInTest>;

/** Where the browser of whoever ran a test reads what came of it. */
export function testPage(connectionId: string, attemptId: string, isByLink: boolean): string {
  const page = isByLink ? linkPaths.connectionSetup : `/admin/sign-in/${connectionId}`;
  return `${page}?attempt=${attemptId}`;
}

export const FLOW_SECONDS = 600;
export const HANDOFF_SECONDS = 120;

/** The key of a flow names its connection, so that an answer counts at no other. */
export function flowKey(connectionId: string, id: string): string {
  return `${connectionId} ${id}`;
}

export function browserHash(token: string): string {
  return sha256(token).toString('base64url');
}

// eslint-disable-next-line no-control-regex -- control characters are what this refuses
const ASKED = /^\/(?![/\\])[^\\\s\u0000-\u001f\u007f]*$/u;

/** A path of our own pages to come back to; `/` for whatever else was asked for. */
export function safeReturn(asked: string | undefined): string {
  if (asked === undefined || asked.length > 1_000 || !ASKED.test(asked)) return '/';
  const url = URL.canParse(asked, 'https://here.invalid') ? new URL(asked, 'https://here.invalid') : null;
  if (url?.origin !== 'https://here.invalid') return '/';
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Not into what starts or ends sign-ins, and nothing that became another host by being tidied up.
  return path.startsWith('//') || path.startsWith('/auth/') || path.startsWith('/api/') ? '/' : path;
}
