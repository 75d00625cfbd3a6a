import type { MigrationReport } from './migrate.js';

/** One line for a person. */
export function lineOf({ database, applied, milliseconds, failure }: MigrationReport): string {
  if (failure !== undefined) {
    const where = failure.migration === null ? '' : ` at ${failure.migration}`;
    return `${database}: FAILED${where} after ${applied.length} applied: ${failure.message}`;
  }
  const count = applied.length;
  const what = count === 0 ? 'up to date' : `${count} migration${count === 1 ? '' : 's'} applied`;
  return `${database}: ${what} (${milliseconds} ms)`;
}
