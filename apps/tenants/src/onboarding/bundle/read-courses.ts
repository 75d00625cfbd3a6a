import { slug, text } from '#libs/contracts';
import { courseContentInput, MAX_COURSE_BYTES } from '#libs/contracts/courses';
import { z } from 'zod';
import type { BundleCourse, BundleFiles } from './bundle.js';
import type { Issues, Place } from './issues.js';
import { isLessonFile, readLesson, type ReadLesson } from './read-lesson.js';
import { decodeText } from './text-file.js';
import { parseYaml, type Located } from './yaml-file.js';

const manifest = z.strictObject({
  title: text(1, 200),
  summary: text(0, 1000).default(''),
  language: courseContentInput.shape.language,
  estimatedMinutes: z.int().min(0).max(100_000).default(0),
  certificate: z.boolean().default(true),
  tags: z.array(text(1, 40)).max(20).default([]),
  modules: z
    .array(
      z.strictObject({
        title: text(1, 200),
        lessons: z.array(z.string().min(1).max(200)).min(1).max(200),
      }),
    )
    .min(1)
    .max(100),
});
type Manifest = Located<z.output<typeof manifest>>;

/** Reads every folder of courses/. */
export function readCourses(files: BundleFiles, used: Set<string>, issues: Issues): BundleCourse[] {
  const keys = new Set(
    [...files.keys()]
      .filter((path) => /^courses\/[^/]+\//.test(path))
      .map((path) => path.split('/')[1] ?? ''),
  );
  return [...keys].sort().flatMap((key) => readCourse(key, files, used, issues));
}

/** The names of the course folders, whether they can be read or not. */
export function courseKeys(files: BundleFiles): Set<string> {
  return new Set([...files.keys()].flatMap((path) => /^courses\/([^/]+)\//.exec(path)?.[1] ?? []));
}

function readCourse(key: string, files: BundleFiles, used: Set<string>, issues: Issues): BundleCourse[] {
  const folder = `courses/${key}`;
  const file = `${folder}/course.yaml`;
  if (!slug().safeParse(key).success) {
    issues.add(file, null, {
      code: 'course_name_invalid',
      detail: `The folder name "${key}" cannot name a course.`,
      help: 'Use a-z, 0-9 and inner hyphens, at most 63 characters.',
    });
  }
  const bytes = files.get(file);
  if (bytes === undefined) {
    issues.add(file, null, {
      code: 'file_missing',
      detail: 'The folder has no course.yaml.',
      help: 'Add it with title and modules, each module with title and lessons.',
    });
    return [];
  }
  used.add(file);
  const source = decodeText(file, bytes, issues);
  const read = source === null ? null : parseYaml({ file, text: source }, manifest, issues);
  if (read === null) {
    // What course.yaml would have named cannot be told: blame none of its files.
    for (const path of files.keys()) if (path.startsWith(`${folder}/`)) used.add(path);
    return [];
  }
  const lessons = readLessons({ folder, file, read, files, used, issues });
  const course = assemble(key, read, lessons);
  checkSize(course, file, issues);
  return [course];
}

interface CourseReading {
  readonly folder: string;
  readonly file: string;
  readonly read: Manifest;
  readonly files: BundleFiles;
  readonly used: Set<string>;
  readonly issues: Issues;
}

function readLessons({ folder, file, read, files, used, issues }: CourseReading): Map<string, ReadLesson> {
  const lessons = new Map<string, ReadLesson>();
  read.value.modules.forEach((module, m) => {
    module.lessons.forEach((name, l) => {
      const place = read.at('modules', m, 'lessons', l);
      const fault = faultOfName(name, folder, files, used);
      if (fault !== null) {
        issues.add(file, place, fault);
        return;
      }
      used.add(`${folder}/${name}`);
      const lesson = readLesson(folder, name, files, issues);
      if (lesson === null) return;
      lessons.set(name, lesson);
      if (lesson.file !== null) used.add(lesson.file);
    });
  });
  return lessons;
}

function faultOfName(name: string, folder: string, files: BundleFiles, used: ReadonlySet<string>) {
  if (!isLessonFile(name)) {
    return {
      code: 'lesson_kind_unknown',
      detail: `"${name}" is not a lesson by its name.`,
      help: 'Lessons end in .md, .quiz.yaml, .video.yaml or .file.yaml.',
    };
  }
  if (!files.has(`${folder}/${name}`)) {
    return {
      code: 'lesson_missing',
      detail: `There is no file ${folder}/${name}.`,
      help: 'Add the file, or remove the line.',
    };
  }
  if (used.has(`${folder}/${name}`)) {
    return {
      code: 'lesson_twice',
      detail: `The lesson "${name}" is in the course already.`,
      help: 'Name every lesson once.',
    };
  }
  return null;
}

function assemble(key: string, { value }: Manifest, lessons: ReadonlyMap<string, ReadLesson>): BundleCourse {
  const modules = value.modules.map(({ title, lessons: names }) => ({
    title,
    lessons: names.flatMap((name) => lessons.get(name)?.lesson ?? []),
  }));
  const files = [...lessons.values()].flatMap(({ file }) => file ?? []);
  return { key, content: { ...value, cover: null, modules }, files };
}

function checkSize({ content }: BundleCourse, file: string, issues: Issues): void {
  const size = Buffer.byteLength(JSON.stringify(content));
  if (size <= MAX_COURSE_BYTES - 1024) return;
  issues.add(file, top, {
    code: 'course_too_large',
    detail: `The texts of the course have ${(size / 1024 / 1024).toFixed(1)} MiB; at most 5 MiB are taken.`,
    help: 'Split the course.',
  });
}

const top: Place = { line: 1, column: 1 };
