import { escapeHtml } from '#libs/kernel';
import type { PersonalData } from '#libs/contracts';
import { strToU8, zipSync } from 'fflate';
import { csvLine } from '../user-import/csv-writer.js';
import type { PersonalParts } from './personal-parts.js';

export interface Head {
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly academy: string;
  readonly at: Date;
}

type Row = PersonalData['sections'][number]['rows'][number];

/**
 * One ZIP archive: `index.html` to read, `data.json` with all of it for programs (the form of GDPR article 20), and a CSV
 * file for each section.
 */
export function archiveOf(head: Head, parts: PersonalParts): Buffer {
  const files: Record<string, Uint8Array> = {
    'index.html': strToU8(pageOf(head, parts)),
    'data.json': strToU8(JSON.stringify(documentOf(head, parts), null, 2)),
  };
  for (const [service, { sections }] of Object.entries(parts)) {
    for (const { name, rows } of sections) files[`${service}/${name}.csv`] = strToU8(csvOf(rows));
  }
  return Buffer.from(zipSync(files, { level: 6, mtime: head.at }));
}

function documentOf({ person, academy, at }: Head, parts: PersonalParts) {
  const { id, name, email } = person;
  const data = Object.fromEntries(
    Object.entries(parts).map(([service, { sections }]) => [
      service,
      Object.fromEntries(sections.map((section) => [section.name, section.rows])),
    ]),
  );
  return { person: { id, name, email }, academy, collectedAt: at.toISOString(), data };
}

function csvOf(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const lines = rows.map((row) => csvLine(columns.map((column) => textOf(row[column]))));
  return `\uFEFF${csvLine(columns)}${lines.join('')}`;
}

function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; }
  h1 { font-size: 1.6rem; } h2 { margin-top: 2.5rem; } h3 { margin-bottom: 0.5rem; }
  .table { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.875rem; }
  th, td { border: 1px solid #c9ced6; padding: 0.35rem 0.6rem; text-align: start; vertical-align: top; }
  th { background: #f1f3f6; } td { overflow-wrap: anywhere; min-width: 6rem; max-width: 30rem; }
  @media (prefers-color-scheme: dark) { body { background: #14171b; color: #e6e9ee; } th { background: #22272e; } th, td { border-color: #444c56; } }`;

function pageOf({ person, academy, at }: Head, parts: PersonalParts): string {
  const services = Object.entries(parts).map(([service, { sections }]) => {
    const tables = sections.map(({ name, rows }) => tableOf(`${service}-${name}`, name, rows));
    return `<section><h2>${escapeHtml(service)}</h2>${tables.join('') || '<p>Nothing is held here.</p>'}</section>`;
  });
  return `<!doctype html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Personal data of ${escapeHtml(person.name)}</title><style>${STYLE}</style></head>
<body><main><h1>Personal data of ${escapeHtml(person.name)}</h1>
<p>All that ${escapeHtml(academy)} holds about ${escapeHtml(person.email)}, collected ${escapeHtml(at.toISOString())}.
The same is in <code>data.json</code> for programs, and section by section in CSV files.
Passwords and keys are kept as fingerprints that say nothing; they are left out.</p>
${services.join('\n')}</main></body></html>
`;
}

function tableOf(id: string, name: string, rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const head = columns.map((column) => `<th scope="col">${escapeHtml(spoken(column))}</th>`).join('');
  const body = rows
    .map(
      (row) => `<tr>${columns.map((column) => `<td>${escapeHtml(textOf(row[column]))}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<h3 id="${escapeHtml(id)}">${escapeHtml(spoken(name))} (${rows.length})</h3>
<div class="table"><table aria-labelledby="${escapeHtml(id)}"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function spoken(name: string): string {
  return name.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}
