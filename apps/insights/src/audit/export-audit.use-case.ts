import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '#libs/contracts/insights';
import { currentContext, runInContext, type RequestContext } from '#libs/tenancy';
import { AuditRepository, type AuditFilter } from './audit.repository.js';

const SLICE = 1_000;
/** What a spreadsheet would take for a formula, and run. */
const FORMULA = /^[=+\-@\t\r]/;

const columns = [
  'occurred_at',
  'type',
  'actor_kind',
  'actor_id',
  'actor_name',
  'actor_email',
  'subject',
  'subject_name',
  'ip',
  'user_agent',
  'request_id',
  'position',
  'details',
];

/** The whole of what a filter finds, slice by slice: the log may be of any length. */
@Injectable()
export class ExportAudit {
  constructor(private readonly repository: AuditRepository) {}

  execute(filter: AuditFilter, format: 'csv' | 'ndjson'): AsyncIterable<string> {
    return this.linesOf(filter, format, currentContext());
  }

  private async *linesOf(
    filter: AuditFilter,
    format: 'csv' | 'ndjson',
    context: RequestContext,
  ): AsyncGenerator<string> {
    if (format === 'csv') yield `\uFEFF${csvLine(columns)}`;
    for (let before: number | null = null; ;) {
      // Whoever reads the stream does so outside of the request.
      const place: number | null = before;
      const list = (): Promise<AuditEntry[]> => this.repository.list(filter, SLICE, place);
      const entries: AuditEntry[] = await runInContext(context, list);
      const last = entries.at(-1);
      if (last === undefined) return;
      yield entries.map(format === 'csv' ? toCsv : toJson).join('');
      before = last.position;
    }
  }
}

function toJson(entry: AuditEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function toCsv({ actor, details, ...entry }: AuditEntry): string {
  return csvLine([
    ...[entry.occurredAt, entry.type, actor.kind, actor.id, actor.name, actor.email],
    ...[entry.subject, entry.subjectName, entry.ip, entry.userAgent, entry.requestId],
    ...[String(entry.position), JSON.stringify(details)],
  ]);
}

function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => cellOf(cell ?? '')).join(',')}\r\n`;
}

function cellOf(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
