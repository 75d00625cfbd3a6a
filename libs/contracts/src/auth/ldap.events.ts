import { z } from 'zod';
import { defineEvent, uuid } from '../index.js';
import { ldapSyncCounts, ldapSyncRun } from './ldap.js';

const { kind, cause } = ldapSyncRun.shape;
const sync = { syncId: uuid(), connectionId: uuid(), name: z.string(), kind };

/** Somebody asks for a run. `allowDeactivations`: how many may go though they are more than the settings say. */
export const ldapSyncRequested = defineEvent(
  'auth.ldap_sync.requested',
  z.strictObject({ ...sync, allowDeactivations: z.int() }),
);
export const ldapSyncFinished = defineEvent(
  'auth.ldap_sync.finished',
  z.strictObject({ ...sync, cause, counts: ldapSyncCounts }),
);
/** Nothing was changed: somebody has to look first. */
export const ldapSyncStopped = defineEvent(
  'auth.ldap_sync.stopped',
  z.strictObject({ ...sync, cause, reason: z.string(), gone: z.int(), known: z.int() }),
);
/** What was done until then stays done. */
export const ldapSyncFailed = defineEvent(
  'auth.ldap_sync.failed',
  z.strictObject({ ...sync, cause, reason: z.string(), counts: ldapSyncCounts }),
);
