import { Resolver } from 'node:dns/promises';
import { DnsUnavailable } from './domain.errors.js';
import { DomainResolver } from './domain-resolver.js';

const absent = new Set(['ENOTFOUND', 'ENODATA']);

/** Over the name servers given (`address` or `address:port`), or the system's. */
export class DnsDomainResolver extends DomainResolver {
  private readonly resolver = new Resolver({ timeout: 3_000, tries: 2 });

  constructor(servers: readonly string[] = []) {
    super();
    if (servers.length > 0) this.resolver.setServers(servers);
  }

  async txt(name: string): Promise<string[]> {
    return asked(name, async () => (await this.resolver.resolveTxt(name)).map((parts) => parts.join('')));
  }

  async cname(name: string): Promise<string[]> {
    return asked(name, async () =>
      (await this.resolver.resolveCname(name)).map((alias) => alias.toLowerCase()),
    );
  }
}

async function asked(name: string, ask: () => Promise<string[]>): Promise<string[]> {
  try {
    return await ask();
  } catch (error) {
    if (absent.has((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw new DnsUnavailable(name, error);
  }
}
