import type { Projection, ProjectionDeps } from './projection.js';

/** The current tenant's rows of one table of a read model, as a number that does not depend on their order. */
export interface TableDigest {
  readonly table: string;
  readonly rows: number;
  readonly digest: string;
}

/** Equal before and after a replay, or the projection does not follow from its events. */
export async function digestOf(
  { tables }: Pick<Projection, 'tables'>,
  database: ProjectionDeps,
): Promise<TableDigest[]> {
  const digests: TableDigest[] = [];
  for (const table of tables) {
    const [row] = await database.query<{ rows: number; digest: string }>(
      `SELECT count(*)::float8 AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text AS digest
         FROM ${table} AS t`,
    );
    digests.push({ table, rows: row?.rows ?? 0, digest: row?.digest ?? '0' });
  }
  return digests;
}
