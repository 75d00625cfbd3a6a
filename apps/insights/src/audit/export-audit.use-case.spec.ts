import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '#libs/contracts/insights';
import { newId } from '#libs/kernel';
import { runInContext } from '#libs/tenancy';
import { aContext } from '#libs/tenancy/testing';
import { FakeAuditRepository } from './audit.fake-repository.js';
import { ExportAudit } from './export-audit.use-case.js';

function anEntry(position: number, details: Record<string, unknown> = {}): AuditEntry {
  return {
    ...{ id: newId(), position, type: 'auth.user.created', subject: newId(), subjectName: '=1+1' },
    actor: { kind: 'user', id: newId(), name: 'A, B', email: null, by: null },
    ...{ ip: null, userAgent: null, requestId: 'r', occurredAt: '2026-01-15T09:00:00.000Z', details },
  };
}

async function exported(entries: readonly AuditEntry[], format: 'csv' | 'ndjson'): Promise<string> {
  const useCase = new ExportAudit(new FakeAuditRepository(entries));
  const lines = runInContext(aContext(), () => useCase.execute({}, format));
  let text = '';
  for await (const line of lines) text += line;
  return text;
}

describe(ExportAudit.name, () => {
  it('hands out every entry once, however many there are', async () => {
    const entries = Array.from({ length: 2_500 }, (_, index) => anEntry(2_500 - index));
    const lines = (await exported(entries, 'ndjson')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as AuditEntry).position)).toEqual(
      entries.map(({ position }) => position),
    );
  });

  it('writes cells that no spreadsheet takes for formulas', async () => {
    const [head, line] = (await exported([anEntry(1, { name: 'x' })], 'csv')).split('\r\n');
    expect(head).toMatch(/^\uFEFFoccurred_at,type,/);
    expect(line).toContain('"A, B"');
    expect(line).toContain(",'=1+1,");
    expect(line).toMatch(/"\{""name"":""x""\}"$/);
  });
});
