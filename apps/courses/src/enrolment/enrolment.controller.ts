import { Controller } from '@nestjs/common';
import {
  assignByCsv,
  assignCourse,
  enrolMyself,
  listEnrolments,
  MAX_CSV_BYTES,
  withdrawLearner,
  withdrawMyself,
} from '#libs/contracts/courses';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { AssignByCsv } from './assign-by-csv.use-case.js';
import { AssignCourse } from './assign-course.use-case.js';
import { EnrolMyself } from './enrol-myself.use-case.js';
import { enrolmentViewOf } from './enrolment.js';
import { ManagedEnrolments } from './managed-enrolment.read-model.js';
import { readUpload } from './read-upload.js';
import { Withdraw } from './withdraw.use-case.js';

@Controller()
export class EnrolmentController {
  constructor(
    private readonly enrolMyself: EnrolMyself,
    private readonly assignCourse: AssignCourse,
    private readonly assignByCsv: AssignByCsv,
    private readonly withdraw: Withdraw,
    private readonly managedEnrolments: ManagedEnrolments,
  ) {}

  @Endpoint(enrolMyself)
  async enrol(@Input() { params }: InputOf<typeof enrolMyself>): Promise<ResultOf<typeof enrolMyself>> {
    return enrolmentViewOf(await this.enrolMyself.execute(params.courseId));
  }

  @Endpoint(listEnrolments)
  async list(
    @Input() { params, query }: InputOf<typeof listEnrolments>,
  ): Promise<ResultOf<typeof listEnrolments>> {
    return this.managedEnrolments.list(params.courseId, query);
  }

  @Endpoint(assignCourse)
  async assign(
    @Input() { params, body }: InputOf<typeof assignCourse>,
  ): Promise<ResultOf<typeof assignCourse>> {
    const dueAt = body.dueAt === null ? null : new Date(body.dueAt);
    return this.assignCourse.execute(params.courseId, body.userIds, dueAt);
  }

  @Endpoint(assignByCsv)
  async assignCsv(
    @Input() { params, query, stream }: InputOf<typeof assignByCsv>,
  ): Promise<ResultOf<typeof assignByCsv>> {
    const csv = await readUpload(stream, MAX_CSV_BYTES);
    return this.assignByCsv.execute(params.courseId, csv, query.dryRun === 'true');
  }

  @Endpoint(withdrawMyself)
  async withdrawMyself(@Input() { params }: InputOf<typeof withdrawMyself>): Promise<undefined> {
    await this.withdraw.myself(params.enrolmentId);
  }

  @Endpoint(withdrawLearner)
  async withdrawLearner(@Input() { params }: InputOf<typeof withdrawLearner>): Promise<undefined> {
    await this.withdraw.learner(params.courseId, params.enrolmentId);
  }
}
