import { z } from 'zod';
import { longText, text, uuid } from '../index.js';

/** The largest course that is saved, imported or exported, in bytes of JSON. */
export const MAX_COURSE_BYTES = 5 * 1024 * 1024;

/** An address outside the platform; http or https only. */
const link = z.strictObject({
  kind: z.literal('link'),
  url: z.url({ protocol: /^https?$/, hostname: z.regexes.hostname }).max(2000),
});

/** Where a video, a file or a cover comes from: a link, or a file of the tenant's media library. */
export const mediaSource = z.discriminatedUnion('kind', [
  link,
  z.strictObject({ kind: z.literal('media'), mediaId: uuid() }),
]);
export type MediaSource = z.infer<typeof mediaSource>;

/** The same in a file that travels between tenants: the bytes are named by their SHA-256, not by an id. */
export const portableSource = z.discriminatedUnion('kind', [
  link,
  z.strictObject({ kind: z.literal('media'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
]);
export type PortableSource = z.infer<typeof portableSource>;

export const lessonKinds = ['article', 'video', 'file', 'quiz'] as const;
export const lessonKind = z.enum(lessonKinds);
export type LessonKind = z.infer<typeof lessonKind>;

/** How long a lesson takes, in minutes; 0 = not said. */
const minutes = z.int().min(0).max(600).default(0);
const points = z.int().min(0).max(100).default(1);

/**
 * The shape of a course's content. A draft may be incomplete (an untitled lesson, a quiz without a right answer);
 * publishing is what asks for completeness. `ids` is the shape of the ids that modules, lessons, questions and options carry.
 */
const contentOf = <Ids extends z.core.$ZodLooseShape, Source extends z.ZodType>(ids: Ids, source: Source) => {
  const option = z.strictObject({
    ...ids,
    text: longText(1000),
    correct: z.boolean(),
    /** Shown after an attempt to whoever chose this option; plain text. */
    feedback: longText(1000).default(''),
  });
  const asked = {
    ...ids,
    /** Plain text. */
    prompt: longText(2000),
    points,
    /** Shown after an attempt; plain text. */
    explanation: longText(4000).default(''),
  };
  const question = z.discriminatedUnion('kind', [
    z.strictObject({ ...asked, kind: z.literal('single'), options: z.array(option).max(20) }),
    z.strictObject({ ...asked, kind: z.literal('multiple'), options: z.array(option).max(20) }),
    z.strictObject({
      ...asked,
      kind: z.literal('short'),
      /** Any of these is right; compared without regard to case, white space and accents. */
      answers: z.array(text(0, 200)).max(20),
    }),
  ]);
  const titled = { ...ids, title: text(0, 200), minutes };
  const lesson = z.discriminatedUnion('kind', [
    z.strictObject({
      ...titled,
      kind: z.literal('article'),
      /** CommonMark; raw HTML is shown as text. `media:<mediaId>` may stand for an image's address. */
      markdown: longText(200_000),
    }),
    z.strictObject({
      ...titled,
      kind: z.literal('video'),
      source: source.nullable(),
      /** Markdown. */
      transcript: longText(200_000).default(''),
    }),
    z.strictObject({
      ...titled,
      kind: z.literal('file'),
      source: source.nullable(),
      /** Markdown. */
      description: longText(20_000).default(''),
    }),
    z.strictObject({
      ...titled,
      kind: z.literal('quiz'),
      /** Markdown. */
      intro: longText(20_000).default(''),
      /** Per cent of the points, rounded down, that pass. */
      passMark: z.int().min(0).max(100).default(80),
      /** How often it may be tried; 0 = without limit. */
      attempts: z.int().min(0).max(100).default(0),
      /** Questions and options in an order of their own for each learner and attempt. */
      shuffle: z.boolean().default(false),
      questions: z.array(question).max(200),
    }),
  ]);
  return z.strictObject({
    title: text(1, 200),
    /** Plain text, shown in the catalogue. */
    summary: text(0, 1000).default(''),
    /** BCP 47, e.g. `en` or `de-AT`. */
    language: z
      .string()
      .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or de-AT')
      .max(35)
      .default('en'),
    /** 0 = the sum of the lessons' minutes. */
    estimatedMinutes: z.int().min(0).max(100_000).default(0),
    /** Whether completing the course earns a certificate. */
    certificate: z.boolean().default(true),
    tags: z.array(text(1, 40)).max(20).default([]),
    cover: source.nullable().default(null),
    modules: z
      .array(z.strictObject({ ...ids, title: text(0, 200), lessons: z.array(lesson).max(200) }))
      .max(100),
  });
};

/** Content at rest: everything has an id, lessons keep theirs from version to version. */
export const courseContent = contentOf({ id: uuid() }, mediaSource);
export type CourseContent = z.infer<typeof courseContent>;
export type CourseModule = CourseContent['modules'][number];
export type Lesson = CourseModule['lessons'][number];
export type QuizLesson = Extract<Lesson, { kind: 'quiz' }>;
export type Question = QuizLesson['questions'][number];

/** Content as an editor sends it: what is new has no id yet (or one that the editor made up). */
export const courseContentInput = contentOf({ id: uuid().optional() }, mediaSource);
export type CourseContentInput = z.infer<typeof courseContentInput>;

/** Content in an export: no ids at all, media by digest. Two courses are alike when this is alike. */
export const portableContent = contentOf({}, portableSource);
export type PortableContent = z.infer<typeof portableContent>;
