import { Injectable } from '@nestjs/common';
import { ConnectionKindMismatch, ConnectionNotFound } from '../connection/connection.errors.js';
import { isLdap } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { LdapSyncNotFound } from './ldap-sync.errors.js';
import { syncDetail, syncView } from './ldap-sync.js';
import { LdapSyncRepository } from './ldap-sync.repository.js';

const SHOWN = 20;

/** The last runs of a connection, and whom one of them concerned. */
@Injectable()
export class ShowLdapSyncs {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly runs: LdapSyncRepository,
  ) {}

  /** @throws ConnectionNotFound, ConnectionKindMismatch */
  async list(connectionId: string) {
    await this.require(connectionId);
    const [runs, nextAt] = await Promise.all([
      this.runs.list(connectionId, SHOWN),
      this.runs.nextAt(connectionId),
    ]);
    return { items: runs.map(syncView), nextCursor: null, nextAt: nextAt?.toISOString() ?? null };
  }

  /** @throws ConnectionNotFound, ConnectionKindMismatch, LdapSyncNotFound */
  async one(connectionId: string, id: string) {
    await this.require(connectionId);
    const found = await this.runs.byId(connectionId, id);
    if (found === null) throw new LdapSyncNotFound();
    return syncDetail(found.run, found.people);
  }

  private async require(connectionId: string): Promise<void> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null) throw new ConnectionNotFound();
    if (!isLdap(connection)) throw new ConnectionKindMismatch();
  }
}
