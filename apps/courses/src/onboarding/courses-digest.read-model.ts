import { Injectable } from '@nestjs/common';
import type { CoursesDigest } from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';

const digestCourses = `
  SELECT c.external_key AS "externalKey", c.id AS "courseId", v.number AS version, v.digest, v.lessons,
         (SELECT count(*)::integer FROM courses.enrolments e
           WHERE e.tenant_id = c.tenant_id AND e.course_id = c.id AND e.status <> 'withdrawn') AS enrolments
    FROM courses.courses c
    JOIN courses.versions v
      ON v.tenant_id = c.tenant_id AND v.course_id = c.id AND v.number = c.published_version
   WHERE c.external_key IS NOT NULL AND c.deleted_at IS NULL
   ORDER BY c.external_key`;

const countAll = `
  SELECT (SELECT count(*)::integer FROM courses.courses WHERE deleted_at IS NULL) AS courses,
         (SELECT count(*)::integer FROM courses.enrolments WHERE status <> 'withdrawn') AS enrolments`;

/** What the tenant holds, for whoever wants to compare it with what it should hold. */
@Injectable()
export class DigestCourses {
  constructor(private readonly database: TenantDatabase) {}

  async digest(): Promise<CoursesDigest> {
    return this.database.run(async () => {
      const courses = await this.database.query<CoursesDigest['courses'][number]>(digestCourses);
      const [totals] = await this.database.query<CoursesDigest['totals']>(countAll);
      return { courses, totals: totals ?? { courses: 0, enrolments: 0 } };
    });
  }
}
