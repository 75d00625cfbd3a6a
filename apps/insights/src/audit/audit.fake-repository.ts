import type { AuditEntry } from '#libs/contracts/insights';
import { AuditRepository, type AuditFilter } from './audit.repository.js';

export class FakeAuditRepository extends AuditRepository {
  readonly asked: AuditFilter[] = [];

  constructor(private readonly entries: readonly AuditEntry[] = []) {
    super();
  }

  async list(filter: AuditFilter, limit: number, before: number | null): Promise<AuditEntry[]> {
    this.asked.push(filter);
    return this.entries.filter(({ position }) => before === null || position < before).slice(0, limit);
  }
}
