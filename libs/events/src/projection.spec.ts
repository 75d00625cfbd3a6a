import { describe, expect, it } from '@jest/globals';
import { aStoredEvent, noteErased, noteWritten } from '#libs/events/testing';
import { defineProjection, type ProjectionDeps } from './projection.js';

const deps: ProjectionDeps = { query: async () => [] };
const tables = ['notes.notes'];

describe(defineProjection.name, () => {
  it('hands events on one by one, in their order', async () => {
    const seen: string[] = [];
    const projection = defineProjection({
      name: 'courses.notes',
      tables,
      events: [noteWritten, noteErased],
      apply: async (event) => {
        seen.push(event.type === 'courses.note.written' ? event.payload.text : 'erased');
      },
    });
    await projection.applyAll([aStoredEvent(noteWritten, { text: 'a' }), aStoredEvent(noteErased, {})], deps);
    expect(seen).toEqual(['a', 'erased']);
    expect(projection.types).toEqual(['courses.note.written', 'courses.note.erased']);
  });

  it('hands events on together where it is asked to, of all types', async () => {
    const sizes: number[] = [];
    const projection = defineProjection({
      name: 'courses.all',
      tables,
      events: 'all',
      applyAll: async (events) => {
        sizes.push(events.length);
      },
    });
    await projection.applyAll([aStoredEvent(noteErased, {}), aStoredEvent(noteErased, {})], deps);
    expect(sizes).toEqual([2]);
    expect(projection.types).toBeNull();
  });

  it('takes only names of tables, since a replay puts them into statements', () => {
    const wrong = {
      name: 'x.y',
      tables: ['notes.notes; DROP'],
      events: 'all' as const,
      apply: async () => undefined,
    };
    expect(() => defineProjection(wrong)).toThrow('is not schema.table');
  });
});
