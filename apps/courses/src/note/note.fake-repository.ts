import { emptyNote, type Note } from './note.js';
import { NoteRepository, type TitledNote } from './note.repository.js';

/** Open lessons as `user/enrolment/lesson` with the course; what is saved is what is found. */
export class FakeNoteRepository extends NoteRepository {
  readonly places = new Map<string, string>();
  readonly notes = new Map<string, Note>();

  async find(userId: string, enrolmentId: string, lessonId: string): Promise<Note | null> {
    return (await this.hold(userId, enrolmentId, lessonId))?.note ?? null;
  }

  async hold(
    userId: string,
    enrolmentId: string,
    lessonId: string,
  ): Promise<{ readonly note: Note; readonly courseId: string } | null> {
    const courseId = this.places.get(`${userId}/${enrolmentId}/${lessonId}`);
    if (courseId === undefined) return null;
    const note = this.notes.get(`${enrolmentId}/${lessonId}`) ?? emptyNote(enrolmentId, lessonId);
    return { note, courseId };
  }

  async save(note: Note): Promise<void> {
    this.notes.set(`${note.enrolmentId}/${note.lessonId}`, note);
  }

  async list(userId: string, enrolmentId: string): Promise<readonly TitledNote[] | null> {
    if (![...this.places.keys()].some((place) => place.startsWith(`${userId}/${enrolmentId}/`))) return null;
    return [...this.notes.values()]
      .filter((note) => note.enrolmentId === enrolmentId && note.text !== '')
      .map((note) => ({ ...note, updatedAt: note.updatedAt ?? new Date(0), lessonTitle: 'Lesson' }));
  }
}
