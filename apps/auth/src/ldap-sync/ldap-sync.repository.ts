import type { LdapSyncChange } from '#libs/contracts/auth';
import type { LdapSync } from './ldap-sync.js';

export interface SyncEnd extends Pick<LdapSync, 'state' | 'counts' | 'known' | 'gone' | 'problem'> {
  readonly digest: string | null;
  readonly people: readonly LdapSyncChange[];
  readonly finishedAt: Date;
}

/** Runs of the current tenant. Who works on one holds it for a while, and says so again and again. */
export abstract class LdapSyncRepository {
  abstract add(run: LdapSync): Promise<void>;

  /** Makes sure that a run by the clock waits, at `dueAt` or sooner; null: that none does. */
  abstract schedule(connectionId: string, id: string, dueAt: Date | null, now: Date): Promise<void>;

  /** Takes a run that is due, when nobody in the tenant works on one. The connections of the tenant must be locked. */
  abstract claim(worker: string, now: Date, until: Date): Promise<LdapSync | null>;

  /** Puts a claimed run off. */
  abstract postpone(id: string, worker: string, dueAt: Date): Promise<void>;

  /** Still at work on it, and so far. @throws LeaseLost */
  abstract beat(run: LdapSync, worker: string, until: Date): Promise<void>;

  /** @throws LeaseLost */
  abstract finish(id: string, worker: string, end: SyncEnd): Promise<void>;

  /** Whether a run with these settings has shown what comes of them. */
  abstract wasSeen(connectionId: string, digest: string): Promise<boolean>;

  /** Whether somebody waits or works already. */
  abstract isBusy(connectionId: string): Promise<boolean>;

  /** The newest first; without the one that waits for the clock. */
  abstract list(connectionId: string, limit: number): Promise<readonly LdapSync[]>;

  abstract nextAt(connectionId: string): Promise<Date | null>;

  abstract byId(
    connectionId: string,
    id: string,
  ): Promise<{ readonly run: LdapSync; readonly people: readonly LdapSyncChange[] } | null>;
}
