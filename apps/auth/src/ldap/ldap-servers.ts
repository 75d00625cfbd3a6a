import { Injectable } from '@nestjs/common';
import type { LdapView } from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { OutboundSockets } from '#libs/outbound';
import { currentTenant } from '#libs/tenancy';
import type { LdapConnection } from '../connection/connection.js';
import { LdapFault } from './ldap-fault.js';
import { LdapSession } from './ldap-session.js';

interface Health {
  failures: number;
  /** Not asked before then while others answer. */
  restUntil: number;
  reason: string | null;
}

const REST_MS = 15_000;
const LONGEST_REST_MS = 300_000;
const KEPT = 2_000;

/** The servers of each directory in their order; one that did not answer comes last for a while. */
@Injectable()
export class LdapServers {
  private readonly known = new Map<string, Health>();

  constructor(
    private readonly sockets: OutboundSockets,
    private readonly clock: Clock,
  ) {}

  /**
   * Works with the first server that can be asked. Work that fails because of the server is done again with the next one.
   * @throws LdapFault of the last server
   */
  async use<T>({ id, ldap }: LdapConnection, work: (session: LdapSession) => Promise<T>): Promise<T> {
    let fault = new LdapFault('ldap_unreachable', { actual: 'There is no server.' }, true);
    const { security, caCertificates } = ldap;
    for (const { host, port } of this.inOrder(id, ldap.servers)) {
      let session: LdapSession | null = null;
      try {
        const tenant = currentTenant().slug;
        session = await LdapSession.open(this.sockets, { host, port, security, caCertificates, tenant });
        const done = await work(session);
        this.remember(keyOf(id, host, port), { failures: 0, restUntil: 0, reason: null });
        return done;
      } catch (error) {
        if (!(error instanceof LdapFault) || !error.isOfServer) throw error;
        this.failed(keyOf(id, host, port), error);
        fault = error;
      } finally {
        await session?.close();
      }
    }
    throw fault;
  }

  /** As this process remembers them. */
  healthOf(id: string, servers: readonly { host: string; port: number }[]): LdapView['health'] {
    return servers.map(({ host, port }) => {
      const health = this.known.get(keyOf(id, host, port));
      if (health === undefined) return { host, port, state: 'unknown', reason: null };
      return { host, port, state: health.failures > 0 ? 'failing' : 'well', reason: health.reason };
    });
  }

  private inOrder<S extends { host: string; port: number }>(id: string, servers: readonly S[]): S[] {
    const now = this.clock.now().getTime();
    const rests = ({ host, port }: S) => (this.known.get(keyOf(id, host, port))?.restUntil ?? 0) > now;
    return [...servers.filter((one) => !rests(one)), ...servers.filter(rests)];
  }

  private failed(key: string, { reason }: LdapFault): void {
    const failures = (this.known.get(key)?.failures ?? 0) + 1;
    const rest = Math.min(LONGEST_REST_MS, REST_MS * 2 ** Math.min(failures - 1, 10));
    this.remember(key, { failures, restUntil: this.clock.now().getTime() + rest, reason });
  }

  private remember(key: string, health: Health): void {
    if (this.known.size >= KEPT) this.known.clear();
    this.known.set(key, health);
  }
}

function keyOf(id: string, host: string, port: number): string {
  return `${currentTenant().id} ${id} ${host}:${port}`;
}
