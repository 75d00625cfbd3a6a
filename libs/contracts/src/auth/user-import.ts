import { z } from 'zod';
import { email, instant, page, pageQuery, role, text, uuid } from '../index.js';

/** In bytes, and in rows after the header. */
export const MAX_PEOPLE_FILE_BYTES = 64 * 1024 * 1024;
export const MAX_PEOPLE_ROWS = 200_000;

/** The columns of the file, RFC 4180 in UTF-8; only `email` must be there. */
export const peopleColumns = ['email', 'name', 'role', 'team', 'department', 'manager_email'] as const;
export type PeopleColumn = (typeof peopleColumns)[number];

/** What one row says: undefined where it says nothing, null where it takes something away. */
export const peopleRow = z.object({
  email: email(),
  name: text(1, 200).optional(),
  role: role.optional(),
  team: text(1, 100).nullable().optional(),
  department: text(1, 100).nullable().optional(),
  managerEmail: email().nullable().optional(),
});
export type PeopleRow = z.output<typeof peopleRow>;

/**
 * `receiving` while the file comes in, `checking` during the dry run, `ready` to be started, `running`, `inviting` while mails that
 * were asked for are written; then `done`; or `cancelled`.
 */
export const peopleImportState = z.enum([
  'receiving',
  'checking',
  'ready',
  'running',
  'inviting',
  'done',
  'cancelled',
]);
export type PeopleImportState = z.infer<typeof peopleImportState>;

export const peopleOutcome = z.enum(['created', 'updated', 'unchanged', 'failed']);
export type PeopleOutcome = z.infer<typeof peopleOutcome>;

const outcomeCounts = z.strictObject({
  created: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  failed: z.int().nonnegative(),
});
export type OutcomeCounts = z.infer<typeof outcomeCounts>;

export const peopleImport = z.strictObject({
  id: uuid(),
  fileName: z.string(),
  state: peopleImportState,
  rows: z.int().nonnegative(),
  /** What the dry run found would happen, so far; nothing of it is written. */
  checked: outcomeCounts,
  /** What has happened, so far. */
  applied: outcomeCounts,
  /** Whether new people are mailed an invitation. */
  invitations: z.enum(['none', 'new']),
  invited: z.int().nonnegative(),
  /** Seats of the plan that were free when it was checked; null without limit. */
  freeSeats: z.int().nonnegative().nullable(),
  createdByName: z.string().nullable(),
  createdAt: instant(),
  startedAt: instant().nullable(),
  finishedAt: instant().nullable(),
});
export type PeopleImport = z.infer<typeof peopleImport>;
export const peopleImportPage = page(peopleImport);

export const peopleImportRow = z.strictObject({
  /** Of the file, from 1; the header is line 1. */
  line: z.int().positive(),
  email: z.string(),
  name: z.string().nullable(),
  /** Null before its turn. */
  outcome: peopleOutcome.nullable(),
  /** Which fields differ from what is known. */
  changes: z.array(z.string()),
  code: z.string().nullable(),
  detail: z.string().nullable(),
});
export type PeopleImportRow = z.infer<typeof peopleImportRow>;
export const peopleImportRowPage = page(peopleImportRow);

export const peopleImportRowQuery = z.strictObject({ ...pageQuery, outcome: peopleOutcome.optional() });
export const peopleUploadQuery = z.strictObject({ name: text(1, 200).default('people.csv') });
export const peopleImportStart = z.strictObject({ invitations: z.enum(['none', 'new']).default('none') });
