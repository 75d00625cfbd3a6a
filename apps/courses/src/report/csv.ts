import { Readable } from 'node:stream';
import { currentContext, runInContext } from '#libs/tenancy';

export type Cell = string | number | boolean | Date | null;

/** What a spreadsheet would take for a formula, or for the start of another cell. */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180, and no cell that a spreadsheet would work out. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== 'string') return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * A CSV as a stream: a page is read when the reader has taken the one before, so no more than a page is in memory. The
 * mark at the start has spreadsheets read UTF-8.
 */
export function csvStream(
  header: readonly string[],
  pages: () => AsyncIterable<readonly (readonly Cell[])[]>,
): Readable {
  const context = currentContext();
  async function* lines() {
    yield `\ufeff${csvLine(header)}`;
    const iterator = pages()[Symbol.asyncIterator]();
    for (;;) {
      // The stream asks from wherever it is read; the tenant is the one of whoever asked for the report.
      const next = await runInContext(context, () => iterator.next());
      if (next.done === true) return;
      if (next.value.length > 0) yield next.value.map(csvLine).join('');
    }
  }
  return Readable.from(lines(), { objectMode: false, highWaterMark: 64 * 1024 });
}
