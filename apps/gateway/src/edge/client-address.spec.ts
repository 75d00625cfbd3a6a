import { describe, expect, it } from '@jest/globals';
import { ClientAddress } from './client-address.js';

const nothing = { forwardedFor: undefined, forwardedProto: undefined };
const spoofed = { forwardedFor: '9.9.9.9', forwardedProto: 'https' };

describe(ClientAddress.name, () => {
  it('trusts nobody by default', () => {
    expect(new ClientAddress([]).of('203.0.113.7', false, spoofed)).toEqual({
      ip: '203.0.113.7',
      secure: false,
    });
  });

  it('ignores the word of a stranger even when there are trusted proxies', () => {
    const addresses = new ClientAddress(['10.0.0.0/8']);
    expect(addresses.of('203.0.113.7', false, spoofed)).toEqual({ ip: '203.0.113.7', secure: false });
  });

  it('believes a trusted proxy', () => {
    const addresses = new ClientAddress(['10.0.0.0/8', 'fd00::/8']);
    expect(addresses.of('10.1.2.3', false, spoofed)).toEqual({ ip: '9.9.9.9', secure: true });
    expect(addresses.of('::ffff:10.1.2.3', false, spoofed)).toEqual({ ip: '9.9.9.9', secure: true });
    expect(addresses.of('fd00::1', false, spoofed)).toEqual({ ip: '9.9.9.9', secure: true });
  });

  it('reads the chain from the right and stops at the first stranger', () => {
    const addresses = new ClientAddress(['10.0.0.0/8']);
    const chain = { forwardedFor: '1.1.1.1, 2.2.2.2, 10.0.0.9', forwardedProto: 'http' };
    expect(addresses.of('10.1.2.3', false, chain)).toEqual({ ip: '2.2.2.2', secure: false });
  });

  it('stops at garbage in the chain', () => {
    const addresses = new ClientAddress(['10.0.0.1']);
    expect(addresses.of('10.0.0.1', false, { ...nothing, forwardedFor: '1.1.1.1, <script>' }).ip).toBe(
      '10.0.0.1',
    );
    expect(addresses.of('10.0.0.1', false, nothing).ip).toBe('10.0.0.1');
  });
});
