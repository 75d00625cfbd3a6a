import type { Note } from './note.js';

export interface TitledNote extends Note {
  readonly lessonTitle: string;
  readonly updatedAt: Date;
}

/** Notes of one's own enrolments alone: every question names the learner. */
export abstract class NoteRepository {
  /** Null unless the enrolment is the learner's own and open and the lesson is in his version. */
  abstract find(userId: string, enrolmentId: string, lessonId: string): Promise<Note | null>;

  /** As `find`; nobody else changes the note until the unit of work ends. */
  abstract hold(
    userId: string,
    enrolmentId: string,
    lessonId: string,
  ): Promise<{ readonly note: Note; readonly courseId: string } | null>;

  abstract save(note: Note): Promise<void>;

  /** Those with words in them, in the order of the lessons; null unless the enrolment is the learner's own and open. */
  abstract list(userId: string, enrolmentId: string): Promise<readonly TitledNote[] | null>;
}
