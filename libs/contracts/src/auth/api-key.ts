import { z } from 'zod';
import { instant, page, permission, role, text, uuid } from '../index.js';

const KEY = /^hk_([a-z0-9]{12})_[A-Za-z0-9_-]{43}$/;

/**
 * The public part of a key as it was sent (`hk_<prefix>_<secret>`), by which it is looked up, or null if it is no key.
 * What is compared then, in constant time, is the SHA-256 of the whole text.
 */
export function apiKeyPrefix(key: string): string | null {
  return KEY.exec(key)?.[1] ?? null;
}

export const apiKeyStatus = z.enum(['active', 'expired', 'revoked']);

export const apiKey = z.strictObject({
  id: uuid(),
  name: z.string(),
  /** What of the key may be shown. */
  prefix: z.string(),
  scopes: z.array(permission),
  /** The role of who made it; a key never may more than this role. */
  role,
  createdBy: uuid(),
  /** As who made it is called today. */
  createdByName: z.string().nullable(),
  createdAt: instant(),
  expiresAt: instant().nullable(),
  /** To the minute or so. */
  lastUsedAt: instant().nullable(),
  status: apiKeyStatus,
});
export type ApiKey = z.infer<typeof apiKey>;
export const apiKeyPage = page(apiKey);

export const newApiKey = z.strictObject({
  name: text(1, 100),
  /** At least one, and only what the maker may do. */
  scopes: z.array(permission).min(1).max(100),
  expiresAt: instant().nullable().default(null),
});
export type NewApiKey = z.output<typeof newApiKey>;

/** How long the old key goes on: at once, an hour, a day or a week at most. */
export const apiKeyRotation = z.strictObject({
  graceSeconds: z
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(86_400),
  /** Of the new key. Left out: as long as the old one was to live. */
  expiresAt: instant().nullable().optional(),
});
export type ApiKeyRotation = z.output<typeof apiKeyRotation>;

/** The only answer that ever holds the key itself. */
export const createdApiKey = z.strictObject({ ...apiKey.shape, key: z.string() });
export type CreatedApiKey = z.infer<typeof createdApiKey>;

export const apiKeyUses = z.strictObject({
  uses: z
    .array(z.strictObject({ prefix: z.string().max(40), lastUsedAt: instant() }))
    .min(1)
    .max(500),
});
