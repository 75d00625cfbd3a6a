import { Controller } from '@nestjs/common';
import { grantAttempts, listManagedQuizzes } from '#libs/contracts/courses';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { GrantAttempts } from './grant-attempts.use-case.js';

@Controller()
export class AttemptGrantController {
  constructor(private readonly grantAttempts: GrantAttempts) {}

  @Endpoint(listManagedQuizzes)
  async list(
    @Input() { params }: InputOf<typeof listManagedQuizzes>,
  ): Promise<ResultOf<typeof listManagedQuizzes>> {
    return { items: await this.grantAttempts.quizzes(params.courseId, params.enrolmentId) };
  }

  @Endpoint(grantAttempts)
  async grant(
    @Input() { params, body }: InputOf<typeof grantAttempts>,
  ): Promise<ResultOf<typeof grantAttempts>> {
    return this.grantAttempts.execute(params.courseId, params.enrolmentId, body);
  }
}
