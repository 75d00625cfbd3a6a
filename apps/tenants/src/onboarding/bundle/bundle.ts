import { createHash } from 'node:crypto';
import type { Plan } from '#libs/contracts';
import type { UserImportRow } from '#libs/contracts/auth';
import type { CourseContentInput } from '#libs/contracts/courses';
import type { BrandColors, TenantSettings } from '#libs/contracts/tenants';

/** The files of an onboarding folder, by their path in it. */
export type BundleFiles = ReadonlyMap<string, Buffer>;

/** A course as it is published; files of the bundle stand in it as media ids `bundle:<path>` until they are uploaded. */
export interface BundleCourse {
  /** The name of its folder. */
  readonly key: string;
  readonly content: CourseContentInput;
  /** Paths of files that lessons refer to. */
  readonly files: readonly string[];
}

export interface BundleEnrolment {
  readonly email: string;
  readonly course: string;
  readonly dueAt: string | null;
}

/** An onboarding folder that was found to be without fault. */
export interface Bundle {
  readonly digest: string;
  readonly tenant: {
    readonly slug: string;
    readonly name: string;
    readonly plan: Plan;
    readonly colors: BrandColors;
    readonly settings: TenantSettings;
    /** Paths of the pictures. */
    readonly logo: string | null;
    readonly favicon: string | null;
  };
  /** Managers come before the people they manage. */
  readonly users: readonly UserImportRow[];
  readonly courses: readonly BundleCourse[];
  readonly enrolments: readonly BundleEnrolment[];
  readonly files: BundleFiles;
}

/** SHA-256 over paths and contents, in the order of the paths: the same folder has the same digest anywhere. */
export function digestOf(files: BundleFiles): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) {
    const bytes = files.get(path) ?? Buffer.alloc(0);
    hash.update(`${Buffer.byteLength(path)} ${path} ${bytes.length} `).update(bytes);
  }
  return hash.digest('hex');
}
