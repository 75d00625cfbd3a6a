import { email as emailSchema } from '#libs/contracts';
import { CsvError, parse, type Info } from 'csv-parse/sync';
import { CsvRefused } from './enrolment.errors.js';

/** One line of the file: either right, or with the fault and its column. */
export type CsvRow =
  | { readonly line: number; readonly email: string; readonly dueAt: Date | null; readonly fault: null }
  | {
      readonly line: number;
      readonly email: string;
      readonly fault: { readonly column: number; readonly detail: string };
    };

export const MAX_CSV_ROWS = 20_000;

const day = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads `email[,due_at]`, RFC 4180 in UTF-8; a semicolon will do where a spreadsheet wrote it.
 * @throws CsvRefused where the file as a whole cannot be read; faults of single rows are in the rows
 */
export function parseEnrolmentCsv(bytes: Uint8Array): CsvRow[] {
  const [header, ...records] = recordsOf(decode(bytes));
  const names = header?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const emailAt = names.indexOf('email');
  const dueAt = names.indexOf('due_at');
  if (emailAt < 0) throw new CsvRefused(1, 1, 'the header must name the column "email"');
  const stranger = names.findIndex((name) => name !== 'email' && name !== 'due_at');
  if (stranger >= 0) {
    throw new CsvRefused(1, stranger + 1, `unknown column "${names[stranger] ?? ''}"; known: email, due_at`);
  }
  if (records.length > MAX_CSV_ROWS) {
    throw new CsvRefused(MAX_CSV_ROWS + 2, 1, `a file has at most ${MAX_CSV_ROWS} rows`);
  }
  return records.map(({ record, line }) => rowOf(record, line, names.length, emailAt, dueAt));
}

function rowOf(
  record: readonly string[],
  line: number,
  width: number,
  emailAt: number,
  dueAt: number,
): CsvRow {
  const given = record[emailAt]?.trim() ?? '';
  const wrong = (column: number, detail: string): CsvRow => ({
    ...{ line, email: given.slice(0, 254) },
    fault: { column: column + 1, detail },
  });
  if (record.length !== width) {
    return wrong(Math.min(record.length, width), `${width} columns are expected, ${record.length} are here`);
  }
  const email = emailSchema().safeParse(given);
  if (!email.success) return wrong(emailAt, 'an e-mail address is expected');
  const due = dueAt < 0 ? '' : (record[dueAt]?.trim() ?? '');
  const date = due === '' ? null : dateOf(due);
  if (date === undefined) return wrong(dueAt, 'a date such as 2026-03-31 is expected');
  return { line, email: email.data, dueAt: date, fault: null };
}

/** A day means its end, in UTC. */
function dateOf(text: string): Date | undefined {
  if (!day.test(text) && !instant.test(text)) return undefined;
  const date = new Date(day.test(text) ? `${text}T23:59:59Z` : text);
  const isReal = !Number.isNaN(date.getTime()) && (!day.test(text) || date.toISOString().startsWith(text));
  return isReal ? date : undefined;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = lineOfBadByte(bytes);
    throw new CsvRefused(line, 1, 'the file is not UTF-8; save it as "CSV UTF-8"');
  }
}

function lineOfBadByte(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  const bad = lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1')));
  return bad < 0 ? 1 : bad + 1;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function recordsOf(text: string): { record: string[]; line: number }[] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = firstLine.includes(';') && !firstLine.includes(',') ? ';' : ',';
  try {
    const parsed = parse(text, {
      ...{ delimiter, bom: true, info: true, relax_column_count: true },
      ...{ skip_empty_lines: true, max_record_size: 10_000 },
    }) as unknown as { record: string[]; info: Info }[];
    return parsed.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines, column, message } = error as CsvError & { lines?: number; column?: number | string };
    throw new CsvRefused(lines ?? 1, typeof column === 'number' ? column + 1 : 1, message);
  }
}
