import { z } from 'zod';
import { email, role, text } from '../index.js';

/** One person of an onboarding bundle. */
export const userImportRow = z.strictObject({
  email: email(),
  name: text(1, 200),
  role,
  team: text(1, 100).nullable().default(null),
  department: text(1, 100).nullable().default(null),
  /** Of this bundle or known already; a manager that comes in a later batch is set by sending this row again. */
  managerEmail: email().nullable().default(null),
});
export type UserImportRow = z.output<typeof userImportRow>;

/** Upserts by e-mail. People come as `invited`, take a seat each and have no password. Once more changes nothing. */
export const userImport = z.strictObject({ rows: z.array(userImportRow).min(1).max(500) });
export const userImportResult = z.strictObject({
  created: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  /** Managers that are not known (yet), by e-mail. */
  unknownManagers: z.array(z.string()),
});
export type UserImportResult = z.infer<typeof userImportResult>;

export const usersDigest = z.strictObject({
  count: z.int().nonnegative(),
  /** SHA-256, in hex, of `usersDigestText` over all users that are not deactivated. */
  digest: z.string(),
});
export type UsersDigest = z.infer<typeof usersDigest>;

/** The text whose SHA-256 tells whether two sets of people are equal, in whatever order they come. */
export function usersDigestText(rows: readonly UserImportRow[]): string {
  return rows
    .map((row) => JSON.stringify([row.email, row.name, row.role, row.team, row.department, row.managerEmail]))
    .sort()
    .join('\n');
}

export const demoPasswords = z.strictObject({
  accounts: z
    .array(z.strictObject({ email: email(), password: z.string().min(1).max(72) }))
    .min(1)
    .max(20),
});
export const demoOperators = z.strictObject({
  accounts: z
    .array(z.strictObject({ email: email(), name: text(1, 200), password: z.string().min(1).max(72) }))
    .min(1)
    .max(5),
});
