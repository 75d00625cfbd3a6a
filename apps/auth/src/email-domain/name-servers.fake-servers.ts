import { NameServers } from './name-servers.js';

/** Records in memory. */
export class FakeNameServers extends NameServers {
  readonly records = new Map<string, string[]>();

  async txt(name: string): Promise<readonly string[]> {
    return this.records.get(name) ?? [];
  }
}
