import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { emptyNote, type Note } from './note.js';
import { NoteRepository, type TitledNote } from './note.repository.js';

const ownAndOpen = `e.id = $1 AND e.user_id = $2 AND e.status <> 'withdrawn'`;

const found = `
  SELECT e.course_id AS "courseId", n.text, n.version, n.updated_at AS "updatedAt"
    FROM courses.enrolments e
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
    JOIN courses.lessons l
      ON l.tenant_id = e.tenant_id AND l.course_id = e.course_id AND l.version = e.version AND l.id = $3
    LEFT JOIN courses.notes n
      ON n.tenant_id = e.tenant_id AND n.enrolment_id = e.id AND n.lesson_id = l.id
   WHERE ${ownAndOpen}`;

// The enrolment is held, not the note: the first one has no row to hold. What it read is read again after the wait.
const lockEnrolment = `SELECT e.id FROM courses.enrolments e WHERE ${ownAndOpen} FOR UPDATE`;

const save = `
  INSERT INTO courses.notes (tenant_id, enrolment_id, lesson_id, text, version, updated_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, enrolment_id, lesson_id) DO UPDATE
     SET text = excluded.text, version = excluded.version, updated_at = excluded.updated_at`;

const isOwn = `SELECT e.id FROM courses.enrolments e WHERE ${ownAndOpen}`;

const listed = `
  SELECT n.enrolment_id AS "enrolmentId", n.lesson_id AS "lessonId", n.text, n.version,
         n.updated_at AS "updatedAt", l.content ->> 'title' AS "lessonTitle"
    FROM courses.enrolments e
    JOIN courses.notes n ON n.tenant_id = e.tenant_id AND n.enrolment_id = e.id AND n.text <> ''
    JOIN courses.lessons l
      ON l.tenant_id = e.tenant_id AND l.course_id = e.course_id AND l.version = e.version AND l.id = n.lesson_id
   WHERE ${ownAndOpen}
   ORDER BY l.position`;

interface FoundRow {
  readonly courseId: string;
  readonly text: string | null;
  readonly version: number;
  readonly updatedAt: Date;
}

@Injectable()
export class PgNoteRepository extends NoteRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async find(userId: string, enrolmentId: string, lessonId: string): Promise<Note | null> {
    return (await this.read(userId, enrolmentId, lessonId))?.note ?? null;
  }

  async hold(
    userId: string,
    enrolmentId: string,
    lessonId: string,
  ): Promise<{ readonly note: Note; readonly courseId: string } | null> {
    await this.database.query(lockEnrolment, [enrolmentId, userId]);
    return this.read(userId, enrolmentId, lessonId);
  }

  async save({ enrolmentId, lessonId, text, version, updatedAt }: Note): Promise<void> {
    await this.database.query(save, [enrolmentId, lessonId, text, version, updatedAt]);
  }

  async list(userId: string, enrolmentId: string): Promise<readonly TitledNote[] | null> {
    const notes = await this.database.query<TitledNote>(listed, [enrolmentId, userId]);
    if (notes.length > 0) return notes;
    return (await this.database.query(isOwn, [enrolmentId, userId])).length === 0 ? null : [];
  }

  private async read(
    userId: string,
    enrolmentId: string,
    lessonId: string,
  ): Promise<{ readonly note: Note; readonly courseId: string } | null> {
    const [row] = await this.database.query<FoundRow>(found, [enrolmentId, userId, lessonId]);
    if (row === undefined) return null;
    const { courseId, text, version, updatedAt } = row;
    const note =
      text === null ? emptyNote(enrolmentId, lessonId) : { enrolmentId, lessonId, text, version, updatedAt };
    return { note, courseId };
  }
}
