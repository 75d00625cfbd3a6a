import { Controller } from '@nestjs/common';
import {
  getMyCourse,
  getMyLesson,
  listMyCourses,
  recordProgress,
  submitAttempt,
} from '#libs/contracts/courses';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { MyCourses, type MyCourseRows } from './my-courses.read-model.js';
import { OpenLesson } from './open-lesson.use-case.js';
import { RecordProgress } from './record-progress.use-case.js';
import { SubmitAttempt } from './submit-attempt.use-case.js';

@Controller()
export class LearningController {
  constructor(
    private readonly myCourses: MyCourses,
    private readonly openLesson: OpenLesson,
    private readonly recordProgress: RecordProgress,
    private readonly submitAttempt: SubmitAttempt,
  ) {}

  @Endpoint(listMyCourses)
  async list(@Input() { query }: InputOf<typeof listMyCourses>): Promise<MyCourseRows> {
    return this.myCourses.list(query.limit, query.cursor);
  }

  @Endpoint(getMyCourse)
  async outline(@Input() { params }: InputOf<typeof getMyCourse>): Promise<ResultOf<typeof getMyCourse>> {
    return this.myCourses.outline(params.enrolmentId);
  }

  @Endpoint(getMyLesson)
  async lesson(@Input() { params }: InputOf<typeof getMyLesson>): Promise<ResultOf<typeof getMyLesson>> {
    return this.openLesson.execute(params.enrolmentId, params.lessonId);
  }

  @Endpoint(recordProgress)
  async progress(
    @Input() { params, body }: InputOf<typeof recordProgress>,
  ): Promise<ResultOf<typeof recordProgress>> {
    return this.recordProgress.execute(params.enrolmentId, params.lessonId, body);
  }

  @Endpoint(submitAttempt)
  async attempt(
    @Input() { params, body }: InputOf<typeof submitAttempt>,
  ): Promise<ResultOf<typeof submitAttempt>> {
    return this.submitAttempt.execute(params.enrolmentId, params.lessonId, body);
  }
}
