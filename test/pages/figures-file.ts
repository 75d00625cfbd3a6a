import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export const FIGURES_FILE = 'figures.json';

/** Keeps what was measured beside the figures that other files of tests have kept. */
export function keepFigures(name: string, figures: object): void {
  const before = existsSync(FIGURES_FILE)
    ? (JSON.parse(readFileSync(FIGURES_FILE, 'utf8')) as Record<string, unknown>)
    : {};
  writeFileSync(FIGURES_FILE, `${JSON.stringify({ ...before, [name]: figures }, null, 2)}\n`);
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
