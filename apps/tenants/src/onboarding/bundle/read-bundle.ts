import { termsOf } from '#libs/entitlements';
import { digestOf, type Bundle, type BundleFiles } from './bundle.js';
import type { Issues, Place } from './issues.js';
import { isLessonFile } from './read-lesson.js';
import { courseKeys, readCourses } from './read-courses.js';
import { readEnrolments } from './read-enrolments.js';
import { readTenant } from './read-tenant.js';
import { readUsers, USERS_FILE } from './read-users.js';

export interface ReadBundle {
  /** Whole only when there were no issues; null when there is no tenant to speak of. */
  readonly bundle: Bundle | null;
  readonly slugAt: Place | null;
}

/** Reads a whole folder and tells everything that is wrong with it. */
export function readBundle(files: BundleFiles, issues: Issues): ReadBundle {
  const used = new Set(['README.md']);
  const tenant = readTenant(files, used, issues);
  const seats = tenant === null ? null : termsOf(tenant.tenant.plan).limits.users;
  const users = readUsers(files, used, seats, issues);
  const courses = readCourses(files, used, issues);
  const known = { emails: emailsIn(files), courses: courseKeys(files) };
  const enrolments = readEnrolments(files, used, known, issues);
  checkUnused(files, used, issues);
  if (tenant === null) return { bundle: null, slugAt: null };
  const bundle = { digest: digestOf(files), tenant: tenant.tenant, users, courses, enrolments, files };
  return { bundle, slugAt: tenant.slugAt };
}

/** Every address of users.csv, those of faulty rows included: one fault is told once, not again for each enrolment. */
function emailsIn(files: BundleFiles): Set<string> {
  const text = files.get(USERS_FILE)?.toString('utf8') ?? '';
  return new Set(text.toLowerCase().match(/[^\s,;"]+@[^\s,;"]+/g) ?? []);
}

function checkUnused(files: BundleFiles, used: ReadonlySet<string>, issues: Issues): void {
  for (const path of files.keys()) {
    if (used.has(path)) continue;
    const lesson = path.startsWith('courses/') && isLessonFile(path);
    issues.add(path, null, {
      code: lesson ? 'lesson_unreferenced' : 'file_unreferenced',
      detail: lesson
        ? 'No module of course.yaml names this lesson.'
        : 'Nothing in the folder refers to this file.',
      help: lesson
        ? 'Add it to the lessons of a module, or remove it.'
        : 'Refer to it, check its name, or remove it.',
    });
  }
}
