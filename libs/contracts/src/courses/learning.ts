import { z } from 'zod';
import { instant, longText, page, uuid } from '../index.js';
import { lessonKind } from './content.js';
import { courseProgress, enrolment, enrolmentSource } from './enrolment.js';

/** One card of "my learning". */
export const myCourse = z.strictObject({
  enrolmentId: uuid(),
  courseId: uuid(),
  title: z.string(),
  summary: z.string(),
  /** Of the tenant's own host when it starts with a slash. */
  coverUrl: z.string().nullable(),
  ...courseProgress.shape,
  /** `self`: chosen; anything else: somebody or something assigned it. */
  source: enrolmentSource,
  estimatedMinutes: z.int().nonnegative(),
  /** The last thing done in it; null while nothing was. */
  lastActiveAt: instant().nullable(),
  enrolledAt: instant(),
  dueAt: instant().nullable(),
  startedAt: instant().nullable(),
  completedAt: instant().nullable(),
});
export type MyCourse = z.infer<typeof myCourse>;
export const myCoursePage = page(myCourse);
export type MyCoursePage = z.infer<typeof myCoursePage>;

export const lessonState = z.enum(['not_started', 'started', 'completed']);
export type LessonState = z.infer<typeof lessonState>;

/** The course as its learner walks through it. */
export const courseOutline = z.strictObject({
  ...enrolment.shape,
  title: z.string(),
  summary: z.string(),
  /** A language tag: what the course is written in. */
  language: z.string(),
  coverUrl: z.string().nullable(),
  modules: z.array(
    z.strictObject({
      id: uuid(),
      title: z.string(),
      lessons: z.array(
        z.strictObject({
          id: uuid(),
          title: z.string(),
          kind: lessonKind,
          minutes: z.int().nonnegative(),
          state: lessonState,
        }),
      ),
    }),
  ),
});
export type CourseOutline = z.infer<typeof courseOutline>;

const titled = { id: uuid(), title: z.string(), minutes: z.int().nonnegative() };

/** A question without anything that gives the answer away. */
export const learnerQuestion = z.strictObject({
  id: uuid(),
  kind: z.enum(['single', 'multiple', 'short']),
  prompt: z.string(),
  points: z.int().nonnegative(),
  /** In the order to show; empty for a short answer. */
  options: z.array(z.strictObject({ id: uuid(), text: z.string() })),
});
export type LearnerQuestion = z.infer<typeof learnerQuestion>;

/** A lesson as a learner sees it. All `…Html` is sanitised by the server and safe to insert. */
export const learnerLesson = z.discriminatedUnion('kind', [
  z.strictObject({ ...titled, kind: z.literal('article'), html: z.string() }),
  z.strictObject({ ...titled, kind: z.literal('video'), url: z.string(), transcriptHtml: z.string() }),
  z.strictObject({ ...titled, kind: z.literal('file'), url: z.string(), descriptionHtml: z.string() }),
  z.strictObject({
    ...titled,
    kind: z.literal('quiz'),
    introHtml: z.string(),
    passMark: z.int(),
    /** 0 = without limit. */
    attempts: z.int().nonnegative(),
    questions: z.array(learnerQuestion),
  }),
]);
export type LearnerLesson = z.infer<typeof learnerLesson>;

export const questionFeedback = z.strictObject({
  questionId: uuid(),
  correct: z.boolean(),
  points: z.int().nonnegative(),
  earned: z.int().nonnegative(),
  /** What the learner answered. */
  optionIds: z.array(uuid()),
  text: z.string().nullable(),
  /** The author's word on the options that the learner chose. */
  options: z.array(z.strictObject({ optionId: uuid(), feedback: z.string() })),
  explanation: z.string(),
  /** The right options or accepted answers; null while the quiz can still be failed and tried again. */
  solution: z.strictObject({ optionIds: z.array(uuid()), answers: z.array(z.string()) }).nullable(),
});
export type QuestionFeedback = z.infer<typeof questionFeedback>;

/** One graded try. */
export const attemptResult = z.strictObject({
  /** 1, 2, 3 … */
  attempt: z.int().positive(),
  /** Per cent of the points, rounded down. */
  score: z.int().min(0).max(100),
  passed: z.boolean(),
  passMark: z.int().min(0).max(100),
  /** null = without limit. */
  attemptsLeft: z.int().nonnegative().nullable(),
  feedback: z.array(questionFeedback),
  submittedAt: instant(),
});
export type AttemptResult = z.infer<typeof attemptResult>;

export const lessonView = z.strictObject({
  enrolmentId: uuid(),
  courseId: uuid(),
  lesson: learnerLesson,
  state: lessonState,
  /** Where the learner left a video, in seconds. */
  positionSeconds: z.int().nonnegative(),
  previousLessonId: uuid().nullable(),
  nextLessonId: uuid().nullable(),
  /** Of a quiz; null for other lessons. */
  quiz: z
    .strictObject({
      attemptsUsed: z.int().nonnegative(),
      attemptsLeft: z.int().nonnegative().nullable(),
      bestScore: z.int().min(0).max(100).nullable(),
      passed: z.boolean(),
      last: attemptResult.nullable(),
    })
    .nullable(),
});
export type LessonView = z.infer<typeof lessonView>;

export const lessonProgressInput = z.strictObject({
  /** A quiz is completed by passing it, never by saying so. */
  state: z.enum(['started', 'completed']),
  /** Where in the video, in seconds. A lower one than stored is ignored, so that a late message takes nothing back … */
  positionSeconds: z.int().min(0).max(1_000_000).optional(),
  /** … unless the learner went back himself. */
  rewind: z.boolean().default(false),
});
export type LessonProgressInput = z.infer<typeof lessonProgressInput>;

export const lessonProgressResult = z.strictObject({
  lessonId: uuid(),
  state: lessonState,
  positionSeconds: z.int().nonnegative(),
  course: courseProgress,
});
export type LessonProgressResult = z.infer<typeof lessonProgressResult>;

/** `optionIds` answers single and multiple, `text` answers short; a question left out is wrong. */
export const attemptInput = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        questionId: uuid(),
        optionIds: z.array(uuid()).max(20).optional(),
        text: longText(1000).optional(),
      }),
    )
    .max(200),
});
export type AttemptInput = z.infer<typeof attemptInput>;

export const attemptOutcome = z.strictObject({ ...attemptResult.shape, course: courseProgress });
export type AttemptOutcome = z.infer<typeof attemptOutcome>;
