import type { CourseContentInput, CoursesDigest, EnrolmentOutcome } from '#libs/contracts/courses';
import type { BundleEnrolment } from './bundle/bundle.js';

/** The courses of the current tenant, which courses and media keep. */
export abstract class CourseLibrary {
  /** Stores a file once, whoever asks how often. Answers its media id. */
  abstract store(name: string, bytes: Buffer): Promise<string>;

  /** The same content again changes nothing. */
  abstract publish(key: string, content: CourseContentInput): Promise<void>;

  /** In the order of the rows. */
  abstract enrol(rows: readonly BundleEnrolment[]): Promise<readonly EnrolmentOutcome[]>;

  abstract digest(): Promise<CoursesDigest>;
}
