import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './address.js';
import { isAllowed, type AllowedTarget } from './allowed-targets.js';
import { OutboundRefused } from './outbound.errors.js';

/** Resolves a name to its addresses, as `dns.lookup` does with `all`. */
export type AddressLookup = (
  host: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export const systemLookup: AddressLookup = (host, done) => {
  lookup(host, { all: true }, done);
};

/**
 * Connects to public addresses only. The look-up happens here and the socket goes to what it gave, so nothing can be
 * exchanged between looking and connecting.
 */
export function guardedConnector(
  allow: readonly AllowedTarget[],
  timeout: number,
  resolve: AddressLookup = systemLookup,
): buildConnector.connector {
  const open = buildConnector({ timeout, maxCachedSessions: 0 });
  const guarded = buildConnector({ timeout, maxCachedSessions: 0, lookup: publicLookup(resolve) });
  return (options, callback) => {
    const { hostname, protocol } = options;
    const port = Number(options.port || (protocol === 'https:' ? 443 : 80));
    if (isAllowed(allow, hostname, port)) {
      open(options, callback);
      return;
    }
    const literal = hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
      callback(notPublic(hostname), null);
      return;
    }
    guarded(options, (...result) => {
      if (result[0] === null && !isPublicAddress(addressOf(result[1]))) {
        result[1].destroy();
        callback(notPublic(hostname), null);
      } else callback(...result);
    });
  };
}

function addressOf({ remoteAddress }: Socket): string {
  return remoteAddress ?? '';
}

function publicLookup(resolve: AddressLookup): LookupFunction {
  return (host, { all }, callback) => {
    resolve(host, (error, addresses) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      // One private address among public ones is a trick, not an accident.
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(notPublic(host), '');
      } else if (all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

function notPublic(host: string): OutboundRefused {
  return new OutboundRefused(host, 'its address is not a public one');
}
