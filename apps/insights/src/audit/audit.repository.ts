import type { AuditEntry } from '#libs/contracts/insights';

export interface AuditFilter {
  /** A whole type, or a beginning of one that ends in a dot. */
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  /** Up to, and not including. */
  readonly to?: string | undefined;
}

export abstract class AuditRepository {
  /** The newest first: at most `limit` entries before the position `before`. */
  abstract list(filter: AuditFilter, limit: number, before: number | null): Promise<AuditEntry[]>;
}
