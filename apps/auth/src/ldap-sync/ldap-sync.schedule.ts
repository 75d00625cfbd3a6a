import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import { isLdap, type Connection } from '../connection/connection.js';
import { nextRun } from './ldap-sync.js';
import { LdapSyncRepository } from './ldap-sync.repository.js';

/** Keeps the next run of a connection waiting, or none, as its settings say. Within the change that asks. */
@Injectable()
export class LdapSyncSchedule {
  constructor(
    private readonly runs: LdapSyncRepository,
    private readonly clock: Clock,
  ) {}

  async follow(connection: Connection): Promise<void> {
    if (!isLdap(connection)) return;
    const now = this.clock.now();
    const dueAt = nextRun(connection.ldap.sync, now, Math.random());
    await this.runs.schedule(connection.id, newId(), dueAt, now);
  }
}
