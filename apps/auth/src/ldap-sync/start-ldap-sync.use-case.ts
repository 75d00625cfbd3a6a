import { Injectable } from '@nestjs/common';
import { ldapSyncRequested, type LdapSyncInput } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock, DomainError, newId } from '#libs/kernel';
import { TenantQueue } from '#libs/queue';
import { UnitOfWork } from '#libs/tenancy';
import { ConnectionKindMismatch, ConnectionNotFound } from '../connection/connection.errors.js';
import { isLdap } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { LdapSyncBusy, LdapSyncNotPreviewed, LdapSyncNotTested } from './ldap-sync.errors.js';
import { digestOf, NOTHING, type LdapSync } from './ldap-sync.js';
import { LdapSyncRepository } from './ldap-sync.repository.js';
import { runLdapSyncsJob } from './run-ldap-syncs.job.js';

/** Asks for a run. It begins as soon as a worker is free; should the queue be away, by the clock that looks what waits. */
@Injectable()
export class StartLdapSync {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly runs: LdapSyncRepository,
    private readonly queue: TenantQueue,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ConnectionNotFound, ConnectionKindMismatch, LdapSyncBusy, LdapSyncNotPreviewed, LdapSyncNotTested */
  async execute(connectionId: string, { kind, allowDeactivations }: LdapSyncInput): Promise<LdapSync> {
    await this.entitlements.require('sso');
    const run = await this.unitOfWork.run(async () => {
      await this.connections.lockAll();
      const connection = await this.connections.byId(connectionId);
      if (connection === null) throw new ConnectionNotFound();
      if (!isLdap(connection)) throw new ConnectionKindMismatch();
      if (await this.runs.isBusy(connectionId)) throw new LdapSyncBusy();
      if (kind === 'apply') {
        if (connection.state !== 'active' && connection.state !== 'tested') throw new LdapSyncNotTested();
        if (!(await this.runs.wasSeen(connectionId, digestOf(connection)))) throw new LdapSyncNotPreviewed();
      }
      const waiting: LdapSync = {
        ...{ id: newId(), connectionId, kind, cause: 'manual', state: 'waiting', allowDeactivations },
        ...{ counts: NOTHING, known: 0, gone: 0, problem: null, begun: 0 },
        ...{ requestedAt: this.clock.now(), startedAt: null, finishedAt: null },
      };
      await this.runs.add(waiting);
      const told = { syncId: waiting.id, connectionId, name: connection.name, kind, allowDeactivations };
      await this.events.append(ldapSyncRequested, connectionId, told);
      return waiting;
    });
    await this.queue.add(runLdapSyncsJob, {}, { key: 'all' }).catch(ignoreUnavailable);
    return run;
  }
}

function ignoreUnavailable(error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
}
