import type { Note as NoteView } from '#libs/contracts/courses';

/** What a learner writes down beside a lesson. */
export interface Note {
  readonly enrolmentId: string;
  readonly lessonId: string;
  readonly text: string;
  /** 0 before the first word. */
  readonly version: number;
  readonly updatedAt: Date | null;
}

export const emptyNote = (enrolmentId: string, lessonId: string): Note => ({
  ...{ enrolmentId, lessonId, text: '', version: 0, updatedAt: null },
});

export function noteViewOf({ enrolmentId, lessonId, text, updatedAt }: Note): NoteView {
  return { enrolmentId, lessonId, text, updatedAt: updatedAt?.toISOString() ?? null };
}
