/** Where a command writes. */
export interface Terminal {
  /** A result, on standard output. */
  readonly out: (text: string) => void;
  /** What accompanies it, on standard error. */
  readonly err: (text: string) => void;
  /** Whether a person watches, so that progress may be drawn. */
  readonly isInteractive: boolean;
}

/** The process' own. */
export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY,
  };
}

/** One line. */
export function line(text: string): string {
  return `${text}\n`;
}

/** Columns as wide as their widest value; the titles first. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [titles.map((title) => title.toUpperCase()), ...rows]
    .map((row) =>
      line(
        row
          .map((value, column) => value.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      ),
    )
    .join('');
}

/** `name: value` lines, the values below each other. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length)) + 1;
  return pairs.map(([name, value]) => line(`${`${name}:`.padEnd(width)} ${value}`)).join('');
}
