import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';

const PAGE = 'docs/security/sign-in-attacks.md';

/** Taken, but to no avail: what came of it instead. */
interface Harmless {
  readonly harmless: string;
}
/** An attack gives the reason for which it was refused or what it came to, or null when it came through. */
export type Attack = () => Promise<string | Harmless | null>;
export type AttackCase = readonly [id: string, what: string, source: string, attack: Attack];
export interface AttackRow {
  readonly id: string;
  readonly what: string;
  readonly source: string;
  readonly reason: string | Harmless;
}

/** Compares a section of the page of attacks with what a suite found, and writes it anew where it differs. */
export function expectOnPage(section: string, writtenBy: string, rows: readonly AttackRow[]): void {
  const stored = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${section}: written by ${writtenBy} -->`, `<!-- end of ${section} -->`];
  const [from, to] = [stored.indexOf(begin), stored.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no section "${begin}".`);
  const page = `${stored.slice(0, from)}${begin}\n\n${tableOf(rows)}\n\n${stored.slice(to)}`;
  if (stored !== page) writeFileSync(PAGE, page);
  // It was written anew: look at what changed, and commit it.
  expect(stored).toBe(page);
}

function tableOf(all: readonly AttackRow[]): string {
  const sorted = [...all].sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
  const lines = sorted.map(
    ({ id, what, source, reason }) => `| ${id} | ${what} | ${source} | ${resultOf(reason)} |`,
  );
  return [
    '| id | attack | source | result | reason |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `${sorted.length} attacks, none of which signed anybody in as somebody else.`,
  ].join('\n');
}

function resultOf(reason: AttackRow['reason']): string {
  return typeof reason === 'string' ? `refused | \`${reason}\`` : `harmless | ${reason.harmless}`;
}
