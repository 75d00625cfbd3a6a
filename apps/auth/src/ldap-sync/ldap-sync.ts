import type { LdapSyncChange, LdapSyncCounts, LdapSyncDetail, LdapSyncView } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import type { LdapConnection } from '../connection/connection.js';

/** One taking over of people from a directory. */
export interface LdapSync {
  readonly id: string;
  readonly connectionId: string;
  readonly kind: LdapSyncView['kind'];
  readonly cause: LdapSyncView['cause'];
  readonly state: LdapSyncView['state'];
  /** How many may be deactivated though they are more than the settings say. */
  readonly allowDeactivations: number;
  readonly counts: LdapSyncCounts;
  readonly known: number;
  readonly gone: number;
  readonly problem: LdapSyncView['problem'];
  /** How often a worker has begun with it. */
  readonly begun: number;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export const NOTHING: LdapSyncCounts = {
  ...{ seen: 0, created: 0, updated: 0, reactivated: 0, deactivated: 0 },
  ...{ unchanged: 0, skipped: 0, failed: 0, teams: 0 },
};
/** As many people as a run remembers by name. */
export const REMEMBERED = 500;

const HOUR = 3_600_000;
const order: readonly LdapSyncChange['change'][] = [
  'deactivate',
  'fail',
  'create',
  'reactivate',
  'update',
  'skip',
];

/** When it is time again. Spread, so that not every directory is asked at the full hour. */
export function nextRun({ every }: LdapConnection['ldap']['sync'], now: Date, spread: number): Date | null {
  if (every === 'off') return null;
  const wait = every === 'hourly' ? HOUR : 24 * HOUR;
  return new Date(now.getTime() + wait * (0.95 + 0.1 * spread));
}

/** What a run goes by. Where it is another than the last time, somebody has to look first what would come of it. */
export function digestOf({ ldap, mapping, provisioning }: LdapConnection): string {
  const { bindDn, baseDn, userFilter, idAttribute, groups, sync } = ldap;
  const people = { bindDn, baseDn, userFilter, idAttribute, groups };
  const { filter, teams } = sync;
  return sha256(JSON.stringify([people, filter, teams, mapping, provisioning])).toString('base64url');
}

/** Deactivations first: they are what somebody has to look at. */
export function remembered(changes: readonly LdapSyncChange[]): LdapSyncChange[] {
  return [...changes]
    .sort((one, other) => order.indexOf(one.change) - order.indexOf(other.change))
    .slice(0, REMEMBERED);
}

export function syncView(run: LdapSync): LdapSyncView {
  const { id, connectionId, kind, cause, state, counts, known, gone, problem } = run;
  return {
    ...{ id, connectionId, kind, cause, state, counts, known, gone, problem },
    requestedAt: run.requestedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}

export function syncDetail(run: LdapSync, people: readonly LdapSyncChange[]): LdapSyncDetail {
  return { ...syncView(run), people: [...people] };
}
