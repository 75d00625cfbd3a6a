import { Resolver } from 'node:dns/promises';
import { NameServersUnavailable } from './email-domain.errors.js';
import { NameServers } from './name-servers.js';

const absent = new Set(['ENOTFOUND', 'ENODATA']);

/** The servers given (`address` or `address:port`), or the system's. */
export class DnsNameServers extends NameServers {
  private readonly resolver = new Resolver({ timeout: 3_000, tries: 2 });

  constructor(servers: readonly string[]) {
    super();
    if (servers.length > 0) this.resolver.setServers(servers);
  }

  async txt(name: string): Promise<readonly string[]> {
    try {
      return (await this.resolver.resolveTxt(name)).map((parts) => parts.join(''));
    } catch (error) {
      if (absent.has((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw new NameServersUnavailable(name, error);
    }
  }
}
