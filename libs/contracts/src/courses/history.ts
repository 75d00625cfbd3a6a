import { z } from 'zod';
import { instant, longText, text, uuid } from '../index.js';
import { courseVersion } from './authoring.js';
import { courseContent, lessonKind } from './content.js';

/** A run of text that both sides have, or only one of them; `skipped` stands for a long run that both have. */
const textPart = z.strictObject({
  kind: z.enum(['same', 'added', 'removed', 'skipped']),
  text: z.string(),
});
export type TextPart = z.infer<typeof textPart>;

/** What of a course, a lesson or a question was changed. Options come as lines that begin with ✓ or ○. */
const changedFields = [
  ...['title', 'summary', 'language', 'estimatedMinutes', 'certificate', 'tags', 'cover'],
  ...['minutes', 'kind', 'markdown', 'source', 'transcript', 'description'],
  ...['intro', 'passMark', 'attempts', 'shuffle'],
  ...['question', 'prompt', 'points', 'options', 'answers', 'explanation', 'order'],
] as const;
const fieldChange = z.strictObject({
  field: z.enum(changedFields),
  /** Of a quiz: which question, from 1, in the newer text (in the older one, where it was taken out). */
  question: z.int().positive().nullable(),
  parts: z.array(textPart),
});
export type FieldChange = z.infer<typeof fieldChange>;

const partChange = z.enum(['added', 'removed', 'changed', 'same']);
export type PartChange = z.infer<typeof partChange>;

const part = {
  id: uuid(),
  title: z.string(),
  change: partChange,
  /** It stands elsewhere than before. */
  moved: z.boolean(),
  fields: z.array(fieldChange),
};

const courseComparison = z.strictObject({
  /** Title, summary and the like. */
  fields: z.array(fieldChange),
  /** In the newer order; what was taken out comes last. */
  modules: z.array(
    z.strictObject({
      ...part,
      lessons: z.array(
        z.strictObject({
          ...part,
          kind: lessonKind,
          /** The module that it came from, where it came from another one. */
          from: z.string().nullable(),
        }),
      ),
    }),
  ),
  counts: z.strictObject({
    added: z.int().nonnegative(),
    removed: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    moved: z.int().nonnegative(),
  }),
});
export type CourseComparison = z.infer<typeof courseComparison>;

/** A published version, or the draft where none is named. */
const side = z.strictObject({
  version: z.int().positive().nullable(),
  /** Of the draft. */
  revision: z.int().positive().nullable(),
});

export const versionComparison = z.strictObject({ from: side, to: side, ...courseComparison.shape });
export type VersionComparison = z.infer<typeof versionComparison>;

/** A version with all that is in it. */
export const publishedContent = z.strictObject({
  courseId: uuid(),
  version: z.int().positive(),
  content: courseContent,
});
export type PublishedContent = z.infer<typeof publishedContent>;

/** What a publication of the draft would change, and for whom. */
export const publishImpact = z.strictObject({
  /** The draft that this is about. */
  revision: z.int().positive(),
  currentVersion: z.int().positive().nullable(),
  nextVersion: z.int().positive(),
  /** The draft says the same as the current version: there is nothing to publish. */
  identical: z.boolean(),
  learners: z.strictObject({
    /** They move to the new version. */
    notStarted: z.int().nonnegative(),
    /** They finish the version that they began. */
    inProgress: z.int().nonnegative(),
    /** They keep what they have, certificate included. */
    completed: z.int().nonnegative(),
  }),
  /** Where those in progress are. */
  staying: z.array(z.strictObject({ version: z.int().positive(), learners: z.int().positive() })),
  /** Everything that must be put right first; pointers go into the draft. */
  faults: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })),
  /** Against the current version; null before the first. */
  changes: courseComparison.nullable(),
});
export type PublishImpact = z.infer<typeof publishImpact>;

/** A version as a history shows it. */
export const courseHistoryEntry = z.strictObject({
  ...courseVersion.shape,
  publisher: z.string().nullable(),
  /** How many are on it and have not completed it. */
  learners: z.int().nonnegative(),
});
export type CourseHistoryEntry = z.infer<typeof courseHistoryEntry>;

/** Further tries at a quiz for one learner. */
export const attemptGrant = z.strictObject({
  lessonId: uuid(),
  /** So many more than now. */
  attempts: z.int().min(1).max(20),
  /** For the record. */
  reason: text(1, 500),
});

/** A quiz of a learner's version, as a manager sees it. */
export const managedQuiz = z.strictObject({
  lessonId: uuid(),
  title: z.string(),
  used: z.int().nonnegative(),
  /** Given on top of what the quiz allows. */
  granted: z.int().nonnegative(),
  /** null = without limit. */
  left: z.int().nonnegative().nullable(),
  bestScore: z.int().min(0).max(100).nullable(),
  passed: z.boolean(),
});
export type ManagedQuiz = z.infer<typeof managedQuiz>;
export const managedQuizzes = z.strictObject({ items: z.array(managedQuiz) });

/** Shown to nobody but the academy's own people. */
export const revocation = z.strictObject({ reason: longText(1000).pipe(text(1, 1000)) });
export const revokedCertificate = z.strictObject({
  certificateId: uuid(),
  revokedAt: instant(),
  reason: z.string(),
});
