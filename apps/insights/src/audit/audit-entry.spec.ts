import { describe, expect, it } from '@jest/globals';
import { MASK, masked } from './audit-entry.js';

describe(masked.name, () => {
  it('hides what bears the name of a secret, however deep', () => {
    const payload = {
      password: 'p',
      inner: [{ accessToken: 't', apiKey: 'k', resetCode: 'c' }],
      keyHash: { a: 1 },
    };
    expect(masked(payload)).toEqual({
      password: MASK,
      inner: [{ accessToken: MASK, apiKey: MASK, resetCode: MASK }],
      keyHash: MASK,
    });
  });

  it('leaves alone what only sounds like one', () => {
    const payload = {
      apiKeyId: 'id',
      prefix: 'hk_1',
      courseCodes: 2,
      name: 'Passage',
      keyboard: true,
      revoked: null,
    };
    expect(masked(payload)).toEqual(payload);
  });

  it('shows that a secret is not set', () => {
    expect(masked({ secret: null })).toEqual({ secret: null });
  });
});
