import type { CourseContentInput } from '#libs/contracts/courses';
import { longText, text } from '#libs/contracts';
import { z } from 'zod';
import type { BundleFiles } from './bundle.js';
import { splitFrontMatter } from './front-matter.js';
import type { Issues } from './issues.js';
import { quiz, checkQuestions } from './quiz.js';
import { decodeText } from './text-file.js';
import { parseYaml, type Located } from './yaml-file.js';

type LessonContent = CourseContentInput['modules'][number]['lessons'][number];

/** A lesson, and the file of the bundle that it shows, if any. */
export interface ReadLesson {
  readonly lesson: LessonContent;
  readonly file: string | null;
}

const minutes = z.int().min(0).max(600).default(0);
const title = text(1, 200);
const link = z.url({ protocol: /^https?$/, hostname: z.regexes.hostname }).max(2000);
const path = z.string().min(1).max(300);

const article = z.strictObject({ title, minutes });
const video = z.strictObject({
  title,
  minutes,
  url: link.optional(),
  file: path.optional(),
  transcript: longText(200_000).default(''),
});
const file = z.strictObject({
  title,
  minutes,
  file: path.optional(),
  url: link.optional(),
  description: longText(20_000).default(''),
});

interface Reading {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly files: BundleFiles;
  readonly issues: Issues;
}

const readers: readonly (readonly [suffix: string, read: (reading: Reading) => ReadLesson | null])[] = [
  ['.quiz.yaml', readQuiz],
  ['.video.yaml', readVideo],
  ['.file.yaml', readFileLesson],
  ['.md', readArticle],
];

/** Whether a file of a course's folder is a lesson, by its name. */
export function isLessonFile(name: string): boolean {
  return readers.some(([suffix]) => name.endsWith(suffix));
}

export function readLesson(
  folder: string,
  name: string,
  files: BundleFiles,
  issues: Issues,
): ReadLesson | null {
  const at = `${folder}/${name}`;
  const source = decodeText(at, files.get(at) ?? Buffer.alloc(0), issues);
  const read = readers.find(([suffix]) => name.endsWith(suffix))?.[1];
  return source === null || read === undefined
    ? null
    : read({ path: at, folder, text: source, files, issues });
}

function readArticle({ path: at, text: source, issues }: Reading): ReadLesson | null {
  const parts = splitFrontMatter(at, source, issues);
  if (parts === null) return null;
  const head = parseYaml({ file: at, text: parts.yaml, linesBefore: 1 }, article, issues);
  const body = longText(200_000).safeParse(parts.body);
  if (!body.success || parts.body === '') {
    issues.add(at, null, {
      code: parts.body === '' ? 'lesson_empty' : 'field_invalid',
      detail:
        parts.body === ''
          ? 'The lesson has no text.'
          : `The text is not usable: ${body.error?.issues[0]?.message ?? ''}.`,
      help: 'Write the lesson in Markdown below the front matter; at most 200,000 characters.',
    });
  }
  if (head === null || !body.success) return null;
  return { lesson: { kind: 'article', ...head.value, markdown: body.data }, file: null };
}

function readQuiz({ path: at, text: source, issues }: Reading): ReadLesson | null {
  const read = parseYaml({ file: at, text: source }, quiz, issues);
  if (read === null) return null;
  checkQuestions(at, read, issues);
  return { lesson: { kind: 'quiz', ...read.value }, file: null };
}

function readVideo(reading: Reading): ReadLesson | null {
  const read = parseYaml({ file: reading.path, text: reading.text }, video, reading.issues);
  if (read === null) return null;
  const { url, file: named, ...rest } = read.value;
  const shown = fileOf(reading, read);
  return { lesson: { kind: 'video', ...rest, source: sourceOf(url, shown, named) }, file: shown };
}

function readFileLesson(reading: Reading): ReadLesson | null {
  const read = parseYaml({ file: reading.path, text: reading.text }, file, reading.issues);
  if (read === null) return null;
  const { url, file: named, ...rest } = read.value;
  const shown = fileOf(reading, read);
  return { lesson: { kind: 'file', ...rest, source: sourceOf(url, shown, named) }, file: shown };
}

type Shown = Located<{ url?: string | undefined; file?: string | undefined }>;

/** The path, in the bundle, of the file that a lesson shows; it or a link must be there, not both. */
function fileOf({ path: at, folder, files, issues }: Reading, { value, at: placeOf }: Shown): string | null {
  if ((value.url === undefined) === (value.file === undefined)) {
    issues.add(at, placeOf('title'), {
      code: 'source_unclear',
      detail:
        value.url === undefined
          ? 'The lesson has neither a url nor a file.'
          : 'The lesson has a url and a file.',
      help: 'Give it one of the two: url for a link, file for a file of this folder.',
    });
    return null;
  }
  if (value.file === undefined) return null;
  const shown = `${folder}/${value.file}`;
  if (files.has(shown)) return shown;
  issues.add(at, placeOf('file'), {
    code: 'file_missing',
    detail: `There is no file ${shown}.`,
    help: 'The path is relative to the folder of the course.',
  });
  return null;
}

/** The bytes are uploaded only when the course is published; until then their path stands for them. */
function sourceOf(url: string | undefined, shown: string | null, named: string | undefined): LessonSource {
  if (url !== undefined && named === undefined) return { kind: 'link', url };
  return shown === null ? null : { kind: 'media', mediaId: shown };
}

type LessonSource = Extract<LessonContent, { kind: 'video' }>['source'];
