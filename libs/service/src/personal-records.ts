import type { EventDefinition, personErased, PersonalData, ServiceName } from '#libs/contracts';
import { userErased } from '#libs/contracts/auth';
import { defineProjection, type EventLog, type Projection, type ProjectionDeps } from '#libs/events';

/**
 * One kind of thing that a service holds about people: what a person is shown of it, and what becomes of it when he is
 * erased. In every statement $1 is the person's id.
 */
export interface PersonalRecord {
  /** `notes`, `quiz_attempts`: the name of its section in what a person is given. */
  readonly section: string;
  /** Answers what is held, without secrets and their hashes; null where another section shows it. */
  readonly read: string | null;
  /** DELETE and UPDATE without RETURNING, in this order; or a SELECT that answers `rows`. */
  readonly erase: readonly string[];
}

/** What a service holds about people, and how it says that it let go of one. */
export interface PersonalRecords {
  readonly records: readonly PersonalRecord[];
  readonly erased: EventDefinition<typeof personErased>;
}

type Query = ProjectionDeps['query'];

/** All that the records hold about a person. Sections that hold nothing are left out. */
export async function readPersonalRecords(
  records: readonly PersonalRecord[],
  query: Query,
  userId: string,
): Promise<PersonalData> {
  const sections: PersonalData['sections'] = [];
  for (const { section, read } of records) {
    if (read === null) continue;
    const rows = await query<Record<string, unknown>>(read, [userId]);
    if (rows.length > 0) sections.push({ name: section, rows: rows.map(plain) });
  }
  return { sections };
}

/** Erases a person from the records, in the transaction around it. Resolves to the number of rows that it touched. */
export async function erasePersonalRecords(
  records: readonly PersonalRecord[],
  query: Query,
  userId: string,
): Promise<number> {
  let rows = 0;
  for (const statement of records.flatMap(({ erase }) => erase)) {
    const [touched] = await query<{ rows: number }>(counted(statement), [userId]);
    rows += touched?.rows ?? 0;
  }
  return rows;
}

/** Hears that a person is to be erased, erases him from the service's records, and says so: all in one transaction. */
export function personalErasure(
  service: ServiceName,
  { records, erased }: PersonalRecords,
  events: Pick<EventLog, 'append'>,
): Projection {
  return defineProjection({
    name: `${service}.erasure`,
    tables: [],
    events: [userErased],
    apply: async ({ payload: { userId, erasureId } }, { query }) => {
      const rows = await erasePersonalRecords(records, query, userId);
      await events.append(erased, userId, { userId, erasureId, rows });
    },
  });
}

function counted(statement: string): string {
  if (statement.trimStart().startsWith('SELECT')) return statement;
  return `WITH erased AS (${statement} RETURNING 1) SELECT count(*)::integer AS rows FROM erased`;
}

/** As JSON has it: dates become text, what is binary is none of a reader's business. */
function plain(row: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(row, (_, value: unknown) => (value instanceof Uint8Array ? undefined : value)),
  ) as Record<string, unknown>;
}
