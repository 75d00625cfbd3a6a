import type { UserImportRow } from '#libs/contracts/auth';
import type { User } from '../user/user.js';

export interface ImportOutcome {
  readonly created: readonly User[];
  readonly updated: readonly User[];
  /** E-mail addresses of managers whom nobody knows. */
  readonly unknownManagers: readonly string[];
}

/** Brings many people in at once. */
export abstract class UserImportRepository {
  /** Inserts or updates by e-mail, in few statements; rows that change nothing are left alone. */
  abstract upsert(rows: readonly UserImportRow[], at: Date): Promise<ImportOutcome>;

  /** All people who are not deactivated, as a bundle would hold them. */
  abstract all(): Promise<readonly UserImportRow[]>;
}
