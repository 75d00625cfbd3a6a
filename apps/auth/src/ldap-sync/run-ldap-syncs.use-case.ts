import { Injectable } from '@nestjs/common';
import { ldapSyncFailed, ldapSyncFinished, ldapSyncStopped, type LdapSyncChange } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock, DomainError, newId } from '#libs/kernel';
import { currentTenant, runAsService, UnitOfWork } from '#libs/tenancy';
import { isLdap, type LdapConnection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { Refusal } from '../federation/refusal.js';
import { ApplyLdapPlan, type Progress } from './apply-ldap-plan.use-case.js';
import { isTooMany, type Plan } from './ldap-plan.js';
import { LeaseLost } from './ldap-sync.errors.js';
import { digestOf, nextRun, remembered, type LdapSync } from './ldap-sync.js';
import { LdapSyncMetrics } from './ldap-sync.metrics.js';
import { LdapSyncRepository, type SyncEnd } from './ldap-sync.repository.js';
import { LdapSyncSchedule } from './ldap-sync.schedule.js';
import { PlanLdapSync, type Planned } from './plan-ldap-sync.use-case.js';
import { SyncLdapTeams } from './sync-ldap-teams.use-case.js';

/** A worker that is not heard of for so long has lost its run. */
const LEASE_MS = 60_000;
const BEAT_MS = 10_000;
/** A run whose workers die again and again is given up. */
const MOST_BEGINNINGS = 5;

type End = Pick<SyncEnd, 'state' | 'problem'> & { readonly people?: readonly LdapSyncChange[] };

/** Takes people over from the directories of the tenant whose time has come. Whoever dies at it is followed by another. */
@Injectable()
export class RunLdapSyncs {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly runs: LdapSyncRepository,
    private readonly schedule: LdapSyncSchedule,
    private readonly planning: PlanLdapSync,
    private readonly applying: ApplyLdapPlan,
    private readonly teams: SyncLdapTeams,
    private readonly entitlements: Entitlements,
    private readonly metrics: LdapSyncMetrics,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    // Whoever asked for it: what is done is done on the word of the directory.
    await runAsService(currentTenant(), 'auth', async () => {
      for (;;) {
        const worker = newId();
        const run = await this.claim(worker);
        if (run === null) return;
        await this.perform(run, worker);
      }
    });
  }

  private async claim(worker: string): Promise<LdapSync | null> {
    return this.unitOfWork.run(async () => {
      await this.connections.lockAll();
      const now = this.clock.now();
      return this.runs.claim(worker, now, new Date(now.getTime() + LEASE_MS));
    });
  }

  private async perform(run: LdapSync, worker: string): Promise<void> {
    const connection = await this.connections.byId(run.connectionId);
    if (connection === null || !isLdap(connection)) return;
    const at = new RunAtWork(run, worker, this.runs, this.clock);
    try {
      if (run.cause === 'schedule' && connection.state !== 'active') {
        const next = nextRun(connection.ldap.sync, this.clock.now(), Math.random());
        if (next !== null) {
          await this.runs.postpone(run.id, worker, next);
          return;
        }
      }
      await this.end(at, connection, await this.outcome(at, connection));
    } catch (error) {
      // Another goes on with it and tells how it ended.
      if (error instanceof LeaseLost) return;
      throw error;
    }
  }

  private async outcome(at: RunAtWork, connection: LdapConnection): Promise<End> {
    if (at.run.begun > MOST_BEGINNINGS) {
      return failed('ldap_sync.given_up', `It was begun ${MOST_BEGINNINGS} times and never came to its end.`);
    }
    try {
      await this.entitlements.require('sso');
      return await this.work(at, connection);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      if (error instanceof Refusal) {
        const { expected = null, actual = null } = error.found;
        return failed(error.reason, [expected, actual].filter((text) => text !== null).join(': '));
      }
      // What is away comes back: the run is taken up again when its time is over.
      if (error instanceof DomainError && error.kind !== 'unavailable') {
        return failed(error.code, error.message);
      }
      throw error;
    }
  }

  private async work(at: RunAtWork, connection: LdapConnection): Promise<End> {
    const { run } = at;
    const digest = digestOf(connection);
    if (run.kind === 'apply' && !(await this.runs.wasSeen(run.connectionId, digest))) {
      return stopped('ldap_sync.not_previewed', 'The settings are others than in the last preview.');
    }
    const planned = await this.planning.execute(connection, at.beat);
    const { plan, listing } = planned;
    if (run.begun <= 1) at.expect(plan.known, plan.ends.length);
    const { mostDeactivatedPercent: most } = connection.ldap.sync;
    const alarm = alarmOf(planned, most, run.allowDeactivations);
    if (run.kind === 'preview') {
      at.preview(planned, await this.teams.preview(connection, listing));
      return { state: 'succeeded', problem: alarm, people: changesOf(plan) };
    }
    if (alarm !== null) {
      at.preview({ ...planned, plan: { ...plan, creations: [], updates: [], ends: [] } }, 0);
      return { state: 'stopped', problem: alarm, people: plan.ends.map(({ told }) => told) };
    }
    await this.applying.execute(connection, plan, at);
    const teams = await this.teams.execute(connection, listing, at.beat);
    at.over(planned, teams.changed);
    for (const told of teams.failed) at.failed(told);
    return { state: 'succeeded', problem: null, people: [...at.failures, ...changesOf(plan)] };
  }

  private async end(at: RunAtWork, connection: LdapConnection, { state, problem, people = [] }: End) {
    const { run, counts, known, gone } = at;
    const { id: syncId, kind, cause, connectionId, startedAt } = run;
    const finishedAt = this.clock.now();
    const digest = state === 'succeeded' ? digestOf(connection) : null;
    const end = { state, counts, known, gone, problem, digest, people: remembered(people), finishedAt };
    const told = { syncId, connectionId, name: connection.name, kind, cause };
    await this.unitOfWork.run(async () => {
      await this.runs.finish(syncId, at.worker, end);
      // As it is by now: somebody may have switched the clock off meanwhile.
      if (cause === 'schedule') {
        await this.schedule.follow((await this.connections.byId(connectionId)) ?? connection);
      }
      const reason = problem?.code ?? '';
      if (state === 'succeeded') {
        await this.events.append(ldapSyncFinished, connectionId, { ...told, counts });
      } else if (state === 'stopped') {
        await this.events.append(ldapSyncStopped, connectionId, { ...told, reason, gone, known });
      } else {
        await this.events.append(ldapSyncFailed, connectionId, { ...told, reason, counts });
      }
    });
    const since = startedAt ?? finishedAt;
    this.metrics.ended(kind, state, (finishedAt.getTime() - since.getTime()) / 1000, counts);
  }
}

/** What a run has done so far, and that its worker is alive. */
class RunAtWork implements Progress {
  counts;
  known;
  gone;
  readonly failures: LdapSyncChange[] = [];
  private heardAt = 0;

  constructor(
    readonly run: LdapSync,
    readonly worker: string,
    private readonly runs: LdapSyncRepository,
    private readonly clock: Clock,
  ) {
    this.counts = run.counts;
    this.known = run.known;
    this.gone = run.gone;
  }

  /** Now and then; what was counted since then is written as well. */
  readonly beat = async (): Promise<void> => {
    if (performance.now() - this.heardAt > BEAT_MS) await this.save();
  };

  readonly done: Progress['done'] = async (what, people) => {
    this.counts = { ...this.counts, [what]: this.counts[what] + people };
    if (what === 'created') await this.save();
  };

  readonly failed = (told: LdapSyncChange): void => {
    this.failures.push(told);
    this.counts = { ...this.counts, failed: this.counts.failed + 1 };
  };

  expect(known: number, gone: number): void {
    this.known = known;
    this.gone = gone;
  }

  preview({ plan, listing }: Planned, teams: number): void {
    const reactivated = plan.updates.filter(({ reactivates }) => reactivates).length;
    this.counts = {
      ...{ seen: listing.people.length + listing.nameless, created: plan.creations.length },
      ...{ updated: plan.updates.length - reactivated, reactivated, deactivated: plan.ends.length },
      ...{ unchanged: plan.unchanged, skipped: plan.skipped.length, failed: listing.nameless, teams },
    };
  }

  over({ plan, listing }: Planned, teams: number): void {
    const seen = listing.people.length + listing.nameless;
    const failed = this.counts.failed + listing.nameless;
    const skipped = plan.skipped.length;
    // What a worker did who died at it looks unchanged to the one after him.
    const before = this.run.counts.created + this.run.counts.updated + this.run.counts.reactivated;
    const unchanged = Math.max(0, plan.unchanged - before);
    this.counts = { ...this.counts, seen, failed, skipped, unchanged, teams };
  }

  private async save(): Promise<void> {
    const until = new Date(this.clock.now().getTime() + LEASE_MS);
    await this.runs.beat(
      { ...this.run, counts: this.counts, known: this.known, gone: this.gone },
      this.worker,
      until,
    );
    this.heardAt = performance.now();
  }
}

function alarmOf({ plan, listing }: Planned, mostPercent: number, allowed: number): LdapSync['problem'] {
  const { length: gone } = plan.ends;
  if (listing.people.length === 0) {
    return {
      code: 'ldap_sync.nobody_found',
      detail: `The directory lists nobody; ${plan.known} people came by it.`,
    };
  }
  if (!isTooMany(plan, mostPercent, allowed)) return null;
  const detail = `${gone} of ${plan.known} people would be deactivated, which is more than ${mostPercent} %.`;
  return { code: 'ldap_sync.too_many_deactivated', detail };
}

function changesOf({ creations, updates, ends, skipped }: Plan): LdapSyncChange[] {
  return [...[...ends, ...creations, ...updates].map(({ told }) => told), ...skipped];
}

function stopped(code: string, detail: string): End {
  return { state: 'stopped', problem: { code, detail } };
}

function failed(code: string, detail: string): End {
  return { state: 'failed', problem: { code, detail: detail.slice(0, 500) } };
}
