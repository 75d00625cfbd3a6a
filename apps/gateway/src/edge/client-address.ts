import { BlockList, isIP } from 'node:net';

/** Who sits at the other end of the connection, as far as it can be known. */
export interface Client {
  readonly ip: string;
  readonly secure: boolean;
}

/** The headers of a proxy that this is read from; all others of the kind are ignored. */
export interface ForwardedHeaders {
  readonly forwardedFor: string | undefined;
  readonly forwardedProto: string | undefined;
}

/**
 * Believes X-Forwarded-For and X-Forwarded-Proto from the proxies that the operator names, from nobody else. Reads the
 * chain from the right and stops at the first address that is no trusted proxy: everything left of it is hearsay.
 */
export class ClientAddress {
  private readonly trusted: BlockList | null;

  /** @param proxies addresses or networks (`10.0.0.0/8`) */
  constructor(proxies: readonly string[]) {
    this.trusted = proxies.length === 0 ? null : new BlockList();
    for (const proxy of proxies) this.trust(proxy);
  }

  of(remoteAddress: string | undefined, encrypted: boolean, headers: ForwardedHeaders): Client {
    const peer = plain(remoteAddress ?? '');
    if (this.trusted === null || !this.isTrusted(peer)) return { ip: peer, secure: encrypted };
    const secure = headers.forwardedProto?.split(',').at(-1)?.trim().toLowerCase() === 'https';
    return { ip: this.lastStranger(peer, headers.forwardedFor), secure };
  }

  private lastStranger(peer: string, forwardedFor = ''): string {
    let nearest = peer;
    for (const hop of forwardedFor.split(',').reverse()) {
      const address = plain(hop.trim());
      if (isIP(address) === 0) break;
      nearest = address;
      if (!this.isTrusted(address)) break;
    }
    return nearest;
  }

  private isTrusted(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && (this.trusted?.check(address, family === 4 ? 'ipv4' : 'ipv6') ?? false);
  }

  private trust(proxy: string): void {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) this.trusted?.addAddress(address, family);
    else this.trusted?.addSubnet(address, Number(bits), family);
  }
}

function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
