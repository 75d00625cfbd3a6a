import { z } from 'zod';
import { defineEvent, instant, uuid } from '../index.js';

const token = { scimTokenId: uuid(), prefix: z.string(), name: z.string() };

export const scimTokenCreated = defineEvent(
  'auth.scim_token.created',
  z.strictObject({ ...token, expiresAt: instant().nullable() }),
);
/** It got a successor, and holds until `until`. */
export const scimTokenRotated = defineEvent(
  'auth.scim_token.rotated',
  z.strictObject({ ...token, newScimTokenId: uuid(), until: instant() }),
);
export const scimTokenRevoked = defineEvent('auth.scim_token.revoked', z.strictObject(token));
