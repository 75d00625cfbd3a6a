import { CsvError, parse } from 'csv-parse/sync';
import type { Issues, Place } from './issues.js';

/** One field with its place. */
export interface Cell extends Place {
  readonly text: string;
}

/** One record: its fields by the name of their column. */
export interface CsvRow<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, Cell>>;
}

interface RawRecord {
  readonly record: string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** Reads RFC 4180 with a header. Faults of form are told with their place; rows that have them are left out. */
export function parseCsv<Column extends string>(
  file: string,
  text: string,
  columns: { readonly required: readonly Column[]; readonly optional?: readonly Column[] },
  issues: Issues,
): CsvRow<Column>[] {
  const records = readRecords(file, text, issues);
  const [header, ...rows] = records;
  if (header === undefined) {
    issues.add(file, null, {
      code: 'csv_empty',
      detail: 'The file has no header.',
      help: `Begin with the line ${[...columns.required, ...(columns.optional ?? [])].join(',')}`,
    });
    return [];
  }
  const names = header.cells.map(({ text: name }) => name.trim().toLowerCase());
  if (!isHeaderRight(file, header, names, columns, issues)) return [];
  return rows.flatMap((row) => {
    if (row.cells.length === names.length) return [named(row, names, columns)];
    issues.add(file, row, {
      code: 'csv_field_count',
      detail: `The row has ${row.cells.length} fields, the header ${names.length}.`,
      help: 'Check for missing or additional commas; a field with a comma in it needs quotes.',
    });
    return [];
  });
}

interface LocatedRecord extends Place {
  readonly cells: readonly Cell[];
}

function readRecords(file: string, text: string, issues: Issues): LocatedRecord[] {
  try {
    const raw = parse(text, {
      bom: true,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: false,
    }) as unknown as RawRecord[];
    return raw.map(locate).filter(({ cells }) => cells.some((cell) => cell.text.trim() !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : null;
    issues.add(file, line === null ? null : { line, column: 1 }, {
      code: 'csv_malformed',
      detail: `${error.message.replace(/ at line \d+.*$/, '')}.`,
      help: 'A quote inside a quoted field is written twice; every opened quote must be closed.',
    });
    return [];
  }
}

/** csv-parse says on which line a record ends; the places of its fields follow from its raw text. */
function locate({ record, raw, info }: RawRecord): LocatedRecord {
  const body = raw.replace(/^\uFEFF/, '').replace(/[\r\n]+$/, '');
  let line = info.lines - (body.match(/\n/g)?.length ?? 0);
  const start: Place = { line, column: 1 };
  let column = 1;
  let quoted = false;
  const places: Place[] = [start];
  for (const character of body) {
    column += 1;
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) places.push({ line, column });
    else if (character === '\n') {
      line += 1;
      column = 1;
    }
  }
  return {
    ...start,
    cells: record.map((text, index) => ({ text: text.trim(), ...(places[index] ?? start) })),
  };
}

function isHeaderRight(
  file: string,
  header: LocatedRecord,
  names: readonly string[],
  {
    required,
    optional = [],
  }: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  issues: Issues,
): boolean {
  const expected = [...required, ...optional].join(',');
  const help = `The header is: ${expected}`;
  if (names.length === 1 && /[;\t]/.test(names[0] ?? '')) {
    issues.add(file, header, {
      code: 'csv_separator',
      detail: 'The fields are separated by semicolons or tabs.',
      help: 'Save the file with commas between the fields.',
    });
    return false;
  }
  const missing = required.filter((name) => !names.includes(name));
  for (const name of missing) {
    issues.add(file, header, {
      code: 'csv_column_missing',
      detail: `The column "${name}" is missing.`,
      help,
    });
  }
  const strange = header.cells.filter((_, index) => {
    const name = names[index] ?? '';
    return ![...required, ...optional].includes(name) || names.indexOf(name) !== index;
  });
  for (const cell of strange) {
    const detail = `"${cell.text}" is not a column of this file, or comes twice.`;
    issues.add(file, cell, { code: 'csv_column_unknown', detail, help });
  }
  return missing.length + strange.length === 0;
}

function named<Column extends string>(
  row: LocatedRecord,
  names: readonly string[],
  {
    required,
    optional = [],
  }: { readonly required: readonly Column[]; readonly optional?: readonly Column[] },
): CsvRow<Column> {
  const cells = [...required, ...optional].map((name) => {
    const cell = row.cells[names.indexOf(name)] ?? { text: '', line: row.line, column: row.column };
    return [name, cell] as const;
  });
  return { line: row.line, cells: Object.fromEntries(cells) as Record<Column, Cell> };
}
