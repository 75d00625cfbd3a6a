import type { UserImportRow } from '#libs/contracts/auth';

/** The people of the current tenant, whom auth keeps. */
export abstract class People {
  /** Once more changes nothing. */
  abstract import(rows: readonly UserImportRow[]): Promise<void>;

  /** Of all who are not deactivated, by `usersDigestText`. */
  abstract digest(): Promise<{ readonly count: number; readonly digest: string }>;
}
