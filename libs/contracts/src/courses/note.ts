import { z } from 'zod';
import { instant, longText, page, uuid } from '../index.js';

/** The most that a note holds. */
export const MAX_NOTE = 20_000;

/** What a learner writes down for himself beside a lesson; nobody else reads it. Empty where there is none. */
export const note = z.strictObject({
  enrolmentId: uuid(),
  lessonId: uuid(),
  text: z.string(),
  /** Null: nothing was written yet. */
  updatedAt: instant().nullable(),
});
export type Note = z.infer<typeof note>;

export const noteInput = z.strictObject({
  /** Plain text, kept as it is; an empty one takes the note away. */
  text: longText(MAX_NOTE),
});

/** The notes of one course, in the order of its lessons. */
export const notePage = page(
  z.strictObject({ ...note.shape, lessonTitle: z.string(), updatedAt: instant() }),
);
export type NotePage = z.infer<typeof notePage>;
