import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '#libs/contracts/insights';
import { newId } from '#libs/kernel';
import { FakeAuditRepository } from './audit.fake-repository.js';
import { ListAudit } from './list-audit.use-case.js';

function anEntry(position: number): AuditEntry {
  return {
    ...{ id: newId(), position, type: 'auth.user.created', subject: newId(), subjectName: null },
    actor: { kind: 'user', id: newId(), name: null, email: null, by: null },
    ...{ ip: null, userAgent: null, requestId: 'r', occurredAt: '2026-01-15T09:00:00.000Z', details: {} },
  };
}

describe(ListAudit.name, () => {
  const entries = [5, 4, 3, 2, 1].map(anEntry);

  it('pages through all entries once, the newest first', async () => {
    const list = new ListAudit(new FakeAuditRepository(entries));
    const positions: number[][] = [];
    let cursor: string | undefined;
    do {
      const page = await list.execute({}, 2, cursor);
      positions.push(page.items.map(({ position }) => position));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(positions).toEqual([[5, 4], [3, 2], [1]]);
  });

  it('has no next page when the last entry is the last of its page', async () => {
    const page = await new ListAudit(new FakeAuditRepository(entries)).execute({}, 5, undefined);
    expect(page.nextCursor).toBeNull();
  });

  it('hands the filter on', async () => {
    const repository = new FakeAuditRepository();
    await new ListAudit(repository).execute({ type: 'auth.', actor: 'a' }, 5, undefined);
    expect(repository.asked).toEqual([{ type: 'auth.', actor: 'a' }]);
  });

  it('refuses a cursor that it did not give out', async () => {
    const list = new ListAudit(new FakeAuditRepository());
    await expect(list.execute({}, 5, 'nonsense')).rejects.toMatchObject({ code: 'request.cursor_invalid' });
  });
});
