import { DnsUnavailable } from './domain.errors.js';
import { DomainResolver } from './domain-resolver.js';

export class FakeDomainResolver extends DomainResolver {
  readonly records = new Map<string, string[]>();
  readonly aliases = new Map<string, string[]>();
  broken = false;

  async txt(name: string): Promise<string[]> {
    if (this.broken) throw new DnsUnavailable(name, new Error('broken on purpose'));
    return this.records.get(name) ?? [];
  }

  async cname(name: string): Promise<string[]> {
    if (this.broken) throw new DnsUnavailable(name, new Error('broken on purpose'));
    return this.aliases.get(name) ?? [];
  }
}
