import { defineEvent } from '#libs/contracts';
import { protectTable } from '#libs/database';
import { defineProjection, type Projection } from '#libs/events';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';

/** An event and a read model that stand for any, in the tests of the machinery itself. */
export const noteWritten = defineEvent('courses.note.written', z.strictObject({ text: z.string() }));
export const noteErased = defineEvent('courses.note.erased', z.strictObject({}));

/** Notes by subject, with how often each was written: applying an event twice would show. */
export const notes: Projection = defineProjection({
  name: 'courses.notes',
  tables: ['notes.notes'],
  events: [noteWritten, noteErased],
  apply: async (event, { query }) => {
    switch (event.type) {
      case 'courses.note.written':
        await query(
          `INSERT INTO notes.notes AS n (tenant_id, id, text, written, last_position)
           VALUES (app.current_tenant(), $1, $2, 1, $3)
           ON CONFLICT (tenant_id, id) DO UPDATE
             SET text = excluded.text, written = n.written + 1, last_position = excluded.last_position`,
          [event.subject, event.payload.text, event.position],
        );
        break;
      case 'courses.note.erased':
        await query('DELETE FROM notes.notes WHERE id = $1', [event.subject]);
        break;
    }
  },
});

export class CreateNotes1763700900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE notes.notes (
      tenant_id uuid NOT NULL, id text NOT NULL, text text NOT NULL, written integer NOT NULL,
      last_position bigint NOT NULL, PRIMARY KEY (tenant_id, id))`);
    for (const statement of protectTable('notes.notes')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA notes CASCADE');
  }
}
