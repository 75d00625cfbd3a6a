import type { LookupAddress } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import { isNetworkAddress, isPublicAddress } from './address.js';
import { isAllowed, type AllowedTarget } from './allowed-targets.js';
import { systemLookup, type AddressLookup } from './guarded-connector.js';
import { OutboundFailed, OutboundRefused } from './outbound.errors.js';

export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  /** The slug of the tenant on whose word it is called. */
  readonly tenant: string;
  /** Ports that public hosts may be called on; whatever else the operator has to allow. */
  readonly publicPorts: readonly number[];
  readonly timeoutMs: number;
}

export interface OutboundSocketsOptions {
  readonly allow: readonly AllowedTarget[];
  readonly resolve?: AddressLookup;
}

/** Connections on a tenant's word that speak no HTTP (a directory server). See README.md for what is refused. */
export class OutboundSockets {
  constructor(private readonly options: OutboundSocketsOptions) {}

  /** Whether the target has a form that may be called. @throws OutboundRefused */
  requireCallable({ host, port, tenant, publicPorts }: Omit<SocketTarget, 'timeoutMs'>): void {
    if (isAllowed(this.options.allow, host, port, tenant)) return;
    const literal = bare(host);
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
      throw new OutboundRefused(`${host}:${port}`, 'its address is not a public one');
    }
    if (!publicPorts.includes(port)) {
      throw new OutboundRefused(`${host}:${port}`, 'its port is not a usual one');
    }
  }

  /**
   * The name is looked up once, and the socket goes to what that gave.
   * @throws OutboundRefused, OutboundFailed
   */
  async open(target: SocketTarget): Promise<Socket> {
    this.requireCallable(target);
    const { host, port, timeoutMs } = target;
    const until = Date.now() + timeoutMs;
    const addresses = await this.addressesOf(target);
    let failure: unknown;
    for (const { address } of addresses) {
      try {
        return await opened(address, port, Math.max(1, until - Date.now()));
      } catch (error) {
        failure = error;
      }
    }
    throw new OutboundFailed(`${host}:${port}`, reasonOf(failure), failure);
  }

  private async addressesOf({
    host,
    port,
    tenant,
    timeoutMs,
  }: SocketTarget): Promise<readonly LookupAddress[]> {
    const literal = bare(host);
    const family = isIP(literal);
    if (family !== 0) return [{ address: literal, family }];
    const addresses = await this.lookUp(host, port, timeoutMs);
    const allowed = isAllowed(this.options.allow, host, port, tenant);
    const isFit = (address: string) =>
      allowed ? isNetworkAddress(address) || host.toLowerCase() === 'localhost' : isPublicAddress(address);
    // One of the wrong kind among others is a trick, not an accident.
    if (addresses.length === 0 || !addresses.every(({ address }) => isFit(address))) {
      throw new OutboundRefused(
        `${host}:${port}`,
        allowed ? 'its address is of this machine or its link' : 'its address is not a public one',
      );
    }
    return addresses;
  }

  private async lookUp(host: string, port: number, timeoutMs: number): Promise<readonly LookupAddress[]> {
    const resolve = this.options.resolve ?? systemLookup;
    return new Promise((found, failed) => {
      const timer = setTimeout(() => {
        failed(new OutboundFailed(`${host}:${port}`, 'its name server takes too long'));
      }, timeoutMs);
      resolve(host, (error, addresses) => {
        clearTimeout(timer);
        if (error === null) found(addresses);
        else failed(new OutboundFailed(`${host}:${port}`, 'its name is not known', error));
      });
    });
  }
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

async function opened(address: string, port: number, timeoutMs: number): Promise<Socket> {
  const socket = connect({ host: address, port });
  return new Promise((open, failed) => {
    const timer = setTimeout(() => {
      socket.destroy(new Error('it takes too long'));
    }, timeoutMs);
    const end = () => {
      clearTimeout(timer);
      socket.removeAllListeners('connect').removeAllListeners('error');
    };
    socket.once('connect', () => {
      end();
      open(socket);
    });
    socket.once('error', (error) => {
      end();
      socket.on('error', () => undefined);
      failed(error);
    });
  });
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === 'ECONNREFUSED') return 'nobody answers on this port';
  if (code === 'ENETUNREACH' || code === 'EHOSTUNREACH') return 'there is no way to it';
  if (typeof code === 'string') return code;
  return typeof message === 'string' ? message : 'the connection broke';
}
