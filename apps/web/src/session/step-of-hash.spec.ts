import { describe, expect, it } from '@jest/globals';
import { stepOfHash } from './step-of-hash.js';

const step = {
  mfaRequired: true,
  challengeId: 'abc',
  methods: ['totp'],
  enrol: false,
  mayTrustDevice: true,
  expiresAt: '2030-01-01T00:00:00.000Z',
};
const hashOf = (value: unknown) => `#second-step=${encodeURIComponent(JSON.stringify(value))}`;

describe(stepOfHash.name, () => {
  it('reads what a single sign-on left', () => {
    expect(stepOfHash(hashOf(step), false)).toEqual(step);
    expect(stepOfHash(hashOf(step).slice(1), false)).toEqual(step);
  });

  it('sets nothing up that this tab did not begin', () => {
    expect(stepOfHash(hashOf({ ...step, enrol: true }), false)).toBe(null);
    expect(stepOfHash(hashOf({ ...step, enrol: true }), true)).toMatchObject({ enrol: true });
  });

  it.each([
    '',
    '#',
    '#second-step=',
    '#second-step=%',
    '#second-step={}',
    hashOf({ ...step, methods: ['sms'] }),
    hashOf(null),
  ])('reads nothing else: %s', (hash) => {
    expect(stepOfHash(hash, true)).toBe(null);
  });
});
