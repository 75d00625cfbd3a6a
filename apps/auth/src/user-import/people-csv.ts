import { CsvError, parse, type Parser } from 'csv-parse';
import { MAX_PEOPLE_ROWS, peopleColumns, type PeopleColumn } from '#libs/contracts/auth';
import type { Readable } from 'node:stream';
import { columnsHelp, FileRefused, TooManyRows } from './people-import.errors.js';
import type { GivenRow } from './people-import.js';

/** A file that is being read: its columns are known, its rows come one by one. */
export interface PeopleFile {
  readonly header: readonly PeopleColumn[];
  readonly rows: AsyncIterable<GivenRow>;
}

/** Columns that our own files of failed rows add; they say nothing about a person. */
export const ERROR_COLUMNS = ['error_line', 'error_code', 'error_reason'] as const;

const HEAD_CHARACTERS = 64 * 1024;
const RECORD_CHARACTERS = 100_000;
const sameAs: Readonly<Record<string, PeopleColumn>> = {
  'e-mail': 'email',
  e_mail: 'email',
  mail: 'email',
  manager: 'manager_email',
};

/**
 * Reads RFC 4180 in UTF-8 as it comes in, with a line of column names first; semicolons and tabs will do where a spreadsheet wrote
 * them. No more of the file is in memory than a chunk.
 * @throws FileRefused, also while the rows are read
 */
export async function readPeopleCsv(content: Readable): Promise<PeopleFile> {
  const chunks = decoded(content)[Symbol.asyncIterator]();
  let head = '';
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    head += next.value;
    if (/[\r\n]/.test(head) || head.length > HEAD_CHARACTERS) break;
  }
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: RECORD_CHARACTERS,
    delimiter: separatorOf(head),
  });
  feed(parser, head, chunks);
  const records = recordsOf(parser)[Symbol.asyncIterator]();
  const first = await records.next();
  if (first.done === true) throw new FileRefused('empty', `The file is empty. ${columnsHelp()}`);
  const columns = columnsOf(first.value.cells);
  const kept = columns.flatMap((column, index) => (column === null ? [] : [index]));
  return {
    header: kept.flatMap((index) => columns[index] ?? []),
    rows: rowsOf(records, columns.length, kept),
  };
}

async function* decoded(content: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new FileRefused('encoding', 'The file is not in UTF-8. Save it as “CSV UTF-8”.');
  }
}

function separatorOf(head: string): string {
  const header = (/^[^\r\n]*/.exec(head)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((separator) => header.split(separator).length);
  const most = Math.max(...counted);
  return [',', ';', '\t'][counted.indexOf(most)] ?? ',';
}

/** Hands on what comes, as fast as it is taken. */
function feed(parser: Parser, head: string, chunks: AsyncIterator<string>): void {
  const run = async () => {
    parser.write(head);
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      if (parser.destroyed) return;
      if (!parser.write(next.value)) {
        await new Promise<void>((resolve) => {
          parser.once('drain', resolve).once('close', resolve);
        });
      }
    }
    parser.end();
  };
  run().catch((error: unknown) => parser.destroy(error instanceof Error ? error : new Error(String(error))));
}

interface Raw {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

async function* recordsOf(parser: Parser): AsyncGenerator<GivenRow> {
  try {
    for await (const { record, info } of parser as AsyncIterable<Raw>) {
      const within = record.reduce((lines, cell) => lines + (cell.match(/\n/g)?.length ?? 0), 0);
      if (record.every((cell) => cell.trim() === '')) continue;
      yield { line: info.lines - within, cells: record.map(storable) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : null;
    const words = error.message.replace(/ at line \d+.*$/, '').replace(/^[^:]*: /, '');
    throw new FileRefused(
      'malformed',
      `Line ${line ?? '?'}: ${words}. A quote inside quotes is written twice.`,
      line,
    );
  }
}

/** Postgres keeps no NUL; it has no place in a name anyway, and the row is refused for the character in its stead. */
function storable(cell: string): string {
  return cell.replaceAll('\u0000', '\u0001');
}

async function* rowsOf(
  records: AsyncIterator<GivenRow>,
  width: number,
  kept: readonly number[],
): AsyncGenerator<GivenRow> {
  let count = 0;
  for (let next = await records.next(); next.done !== true; next = await records.next()) {
    count += 1;
    if (count > MAX_PEOPLE_ROWS) throw new TooManyRows();
    const { line, cells } = next.value;
    // A row of another width is kept whole, so that it can be told what is wrong with it.
    yield { line, cells: cells.length === width ? kept.map((index) => cells[index] ?? '') : cells };
  }
}

/** Null for a column that is passed over. */
function columnsOf(cells: readonly string[]): (PeopleColumn | null)[] {
  const names = cells.map((cell) => cell.trim().toLowerCase().replaceAll(' ', '_'));
  const columns = names.map((name) => {
    const known = sameAs[name] ?? peopleColumns.find((column) => column === name);
    if (known !== undefined) return known;
    if ((ERROR_COLUMNS as readonly string[]).includes(name)) return null;
    throw new FileRefused(
      'column_unknown',
      `“${name.slice(0, 60)}” is not a column of this file. ${columnsHelp()}`,
      1,
    );
  });
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index);
  if (twice !== undefined && twice !== null) {
    throw new FileRefused('column_twice', `The column “${twice}” comes twice.`, 1);
  }
  if (!columns.includes('email')) {
    throw new FileRefused('column_missing', `The column “email” is missing. ${columnsHelp()}`, 1);
  }
  return columns;
}
