import { Controller } from '@nestjs/common';
import { digestCourses, importBundleCourse, importBundleEnrolments } from '#libs/contracts/courses';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { DigestCourses } from './courses-digest.read-model.js';
import { ImportBundleCourse } from './import-bundle-course.use-case.js';
import { ImportBundleEnrolments } from './import-bundle-enrolments.use-case.js';

@Controller()
export class OnboardingController {
  constructor(
    private readonly importCourse: ImportBundleCourse,
    private readonly importEnrolments: ImportBundleEnrolments,
    private readonly digestCourses: DigestCourses,
  ) {}

  @Endpoint(importBundleCourse)
  async course(
    @Input() { body }: InputOf<typeof importBundleCourse>,
  ): Promise<ResultOf<typeof importBundleCourse>> {
    return this.importCourse.execute(body.externalKey, body.content);
  }

  @Endpoint(importBundleEnrolments)
  async enrolments(
    @Input() { body }: InputOf<typeof importBundleEnrolments>,
  ): Promise<ResultOf<typeof importBundleEnrolments>> {
    return this.importEnrolments.execute(body.rows);
  }

  @Endpoint(digestCourses)
  async digest(): Promise<ResultOf<typeof digestCourses>> {
    return this.digestCourses.digest();
  }
}
