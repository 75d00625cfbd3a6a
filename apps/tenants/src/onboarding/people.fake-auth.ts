import { createHash } from 'node:crypto';
import { usersDigestText, type UserImportRow } from '#libs/contracts/auth';
import { currentTenant } from '#libs/tenancy';
import { People } from './people.js';

export class FakePeople extends People {
  readonly rows = new Map<string, UserImportRow>();
  private broken: Error | null = null;

  breakWith(error: Error | null): void {
    this.broken = error;
  }

  async import(rows: readonly UserImportRow[]): Promise<void> {
    if (this.broken !== null) throw this.broken;
    for (const row of rows) this.rows.set(`${currentTenant().id} ${row.email}`, row);
  }

  async digest(): Promise<{ count: number; digest: string }> {
    const rows = [...this.rows].filter(([key]) => key.startsWith(currentTenant().id)).map(([, row]) => row);
    return { count: rows.length, digest: createHash('sha256').update(usersDigestText(rows)).digest('hex') };
  }
}
