import { createHash } from 'node:crypto';
import type { CourseContentInput, CoursesDigest, EnrolmentOutcome } from '#libs/contracts/courses';
import { newId } from '#libs/kernel';
import type { BundleEnrolment } from './bundle/bundle.js';
import { courseDigest } from './bundle/course-digest.js';
import { CourseLibrary } from './course-library.js';

export class FakeCourseLibrary extends CourseLibrary {
  readonly published = new Map<string, CourseContentInput>();
  readonly media = new Map<string, { readonly id: string; readonly bytes: Buffer }>();
  readonly enrolled = new Set<string>();
  /** How often people are not known yet, as while events are on their way. */
  unknownFor = 0;
  refuses: EnrolmentOutcome | null = null;

  async store(name: string, bytes: Buffer): Promise<string> {
    const key = `${name} ${sha256(bytes)}`;
    const stored = this.media.get(key) ?? { id: newId(), bytes };
    this.media.set(key, stored);
    return stored.id;
  }

  async publish(key: string, content: CourseContentInput): Promise<void> {
    this.published.set(key, content);
  }

  async enrol(rows: readonly BundleEnrolment[]): Promise<readonly EnrolmentOutcome[]> {
    if (this.unknownFor > 0) {
      this.unknownFor -= 1;
      return rows.map(() => 'unknown_person' as const);
    }
    const { refuses } = this;
    if (refuses !== null) return rows.map(() => refuses);
    return rows.map(({ email, course }) => {
      const known = this.enrolled.has(`${course} ${email}`);
      this.enrolled.add(`${course} ${email}`);
      return known ? 'already_enrolled' : 'enrolled';
    });
  }

  private digestOf(key: string, content: CourseContentInput): string {
    const stored = [...this.media].map(([, { id, bytes }]) => [id, bytes] as const);
    return courseDigest({ key, content, files: [] }, new Map(stored));
  }

  async digest(): Promise<CoursesDigest> {
    const courses = [...this.published].map(([externalKey, content]) => ({
      externalKey,
      courseId: newId(),
      version: 1,
      digest: this.digestOf(externalKey, content),
      lessons: content.modules.reduce((sum, module) => sum + module.lessons.length, 0),
      enrolments: [...this.enrolled].filter((key) => key.startsWith(`${externalKey} `)).length,
    }));
    return { courses, totals: { courses: courses.length, enrolments: this.enrolled.size } };
  }
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
