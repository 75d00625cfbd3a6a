import { z } from 'zod';
import { defineEndpoint, email, instant, role, uuid } from '../index.js';

/** The part of GoTrue (Supabase Auth) that programs written for it need: what goes in and out has its names. */
const service = 'auth';

/** Sent by its clients; captchas are not asked for. */
const gotrueMetaSecurity = z.looseObject({}).optional();

export const gotrueTokenQuery = z.strictObject({
  grant_type: z.enum(['password', 'refresh_token']),
  redirect_to: z.string().max(2_000).optional(),
});

/** `password` takes e-mail and password, `refresh_token` the token. */
export const gotrueTokenInput = z.strictObject({
  email: email().optional(),
  password: z.string().min(1).max(1_000).optional(),
  refresh_token: z.string().min(1).max(200).optional(),
  gotrue_meta_security: gotrueMetaSecurity,
});

export const gotrueUser = z.strictObject({
  id: uuid(),
  aud: z.literal('authenticated'),
  role: z.literal('authenticated'),
  email: email(),
  phone: z.literal(''),
  email_confirmed_at: instant(),
  confirmed_at: instant(),
  last_sign_in_at: instant().nullable(),
  /** The role of the person in the academy is `role` in here. */
  app_metadata: z.strictObject({ provider: z.string(), providers: z.array(z.string()), role }),
  user_metadata: z.strictObject({ name: z.string(), locale: z.string().nullable() }),
  identities: z.array(z.never()),
  created_at: instant(),
  updated_at: instant(),
  is_anonymous: z.literal(false),
});
export type GotrueUser = z.infer<typeof gotrueUser>;

export const gotrueSession = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  /** Seconds. */
  expires_in: z.int().positive(),
  /** Seconds since 1970. */
  expires_at: z.int().positive(),
  refresh_token: z.string(),
  user: gotrueUser,
});

export const gotrueToken = defineEndpoint({
  id: 'auth.gotrue.token',
  service,
  method: 'POST',
  path: '/auth/v1/token',
  access: 'public',
  summary: 'GoTrue: sign in by password, or trade a refresh token; the same rules as every sign-in',
  query: gotrueTokenQuery,
  body: gotrueTokenInput,
  response: gotrueSession,
  secret: true,
});

export const gotrueGetUser = defineEndpoint({
  id: 'auth.gotrue.user',
  service,
  method: 'GET',
  path: '/auth/v1/user',
  access: 'member',
  summary: 'GoTrue: who is signed in',
  response: gotrueUser,
});

export const gotrueLogout = defineEndpoint({
  id: 'auth.gotrue.logout',
  service,
  method: 'POST',
  path: '/auth/v1/logout',
  access: 'member',
  summary: 'GoTrue: end this session (local), all others (others), or all of mine (global)',
  query: z.strictObject({ scope: z.enum(['global', 'local', 'others']).default('global') }),
  response: null,
  status: 204,
  secret: true,
  personal: true,
});

export const gotrueEndpoints = [gotrueToken, gotrueGetUser, gotrueLogout] as const;
