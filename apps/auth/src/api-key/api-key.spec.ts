import { describe, expect, it } from '@jest/globals';
import { apiKeyPrefix } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { newId } from '#libs/kernel';
import { apiKeyView, newKeyText, type ApiKey } from './api-key.js';

describe(newKeyText.name, () => {
  it('makes keys that the gateway reads, and that do not repeat', () => {
    const keys = Array.from({ length: 500 }, newKeyText);
    for (const { key, prefix, hash } of keys) {
      expect(apiKeyPrefix(key)).toBe(prefix);
      expect(hash).toEqual(sha256(key));
    }
    expect(new Set(keys.map(({ prefix }) => prefix)).size).toBe(500);
  });

  it.each(['', 'hk_', 'hk_abc_def', 'Bearer x'])('has another form than %p', (text) => {
    expect(apiKeyPrefix(text)).toBeNull();
  });

  it('is not read when it is cut or has more behind it', () => {
    const { key } = newKeyText();
    for (const text of [key.slice(0, -1), `${key}x`, ` ${key}`, `${key}\n`]) {
      expect(apiKeyPrefix(text)).toBeNull();
    }
  });
});

describe(apiKeyView.name, () => {
  const now = new Date('2026-01-15T09:00:00Z');
  const { prefix, hash } = newKeyText();
  const key: ApiKey = {
    ...{ id: newId(), name: 'K', prefix, hash, scopes: ['users.read'], role: 'admin', createdBy: newId() },
    ...{ createdAt: now, expiresAt: null, lastUsedAt: null, revokedAt: null },
  };

  it('shows no hash, and what has become of the key', () => {
    expect(apiKeyView(key, null, now)).not.toHaveProperty('hash');
    expect(apiKeyView(key, null, now).status).toBe('active');
    expect(apiKeyView({ ...key, expiresAt: now }, null, now).status).toBe('expired');
    expect(apiKeyView({ ...key, expiresAt: now, revokedAt: now }, null, now).status).toBe('revoked');
  });
});
