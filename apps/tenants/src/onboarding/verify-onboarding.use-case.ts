import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { usersDigestText } from '#libs/contracts/auth';
import type { CoursesDigest } from '#libs/contracts/courses';
import { Clock } from '#libs/kernel';
import type { Bundle, BundleCourse } from './bundle/bundle.js';
import { courseDigest } from './bundle/course-digest.js';
import { CourseLibrary } from './course-library.js';
import type { Verification } from './onboarding.js';
import { People } from './people.js';

type HeldCourse = CoursesDigest['courses'][number];

/** Compares counts and digests of what the tenant holds with what the bundle brought. */
@Injectable()
export class VerifyOnboarding {
  constructor(
    private readonly people: People,
    private readonly library: CourseLibrary,
    private readonly clock: Clock,
  ) {}

  /** In the context of the tenant. */
  async execute(bundle: Bundle): Promise<Verification> {
    const [people, held] = await Promise.all([this.people.digest(), this.library.digest()]);
    const differences = [
      ...differencesOfPeople(bundle, people),
      ...bundle.courses.flatMap((course) =>
        differencesOfCourse(
          course,
          held.courses.find(({ externalKey }) => externalKey === course.key),
          courseDigest(course, bundle.files),
          bundle.enrolments.filter(({ course: key }) => key === course.key).length,
        ),
      ),
    ];
    return { checkedAt: this.clock.now(), matches: differences.length === 0, differences };
  }
}

function differencesOfPeople({ users }: Bundle, held: { count: number; digest: string }): string[] {
  if (held.count !== users.length) return [`${held.count} users instead of ${users.length}`];
  const digest = createHash('sha256').update(usersDigestText(users)).digest('hex');
  return held.digest === digest ? [] : ['users have other names, roles, teams or managers'];
}

function differencesOfCourse(
  { key, content }: BundleCourse,
  held: HeldCourse | undefined,
  digest: string,
  enrolments: number,
): string[] {
  if (held === undefined) return [`the course ${key} is missing`];
  const lessons = content.modules.reduce((sum, module) => sum + module.lessons.length, 0);
  const differences: string[] = [];
  if (held.lessons !== lessons) differences.push(`${key}: ${held.lessons} lessons instead of ${lessons}`);
  if (held.digest !== digest) differences.push(`${key}: other content was published`);
  if (held.enrolments !== enrolments) {
    differences.push(`${key}: ${held.enrolments} enrolments instead of ${enrolments}`);
  }
  return differences;
}
