import { Injectable } from '@nestjs/common';
import { quizAttemptsGranted, type ManagedQuiz } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { LessonNotFound } from '../course/course.errors.js';
import { EnrolmentNotFound } from '../enrolment/enrolment.errors.js';
import { learnerOf, type Enrolment } from '../enrolment/enrolment.js';
import { EnrolmentRepository } from '../enrolment/enrolment.repository.js';
import { AttemptsUnlimited, QuizPassed } from './attempt-grant.errors.js';
import { AttemptGrants, type QuizStanding } from './attempt-grant.repository.js';

export interface Granting {
  readonly lessonId: string;
  readonly attempts: number;
  readonly reason: string;
}

/** Lets a learner try a quiz again though the author's limit is used up. */
@Injectable()
export class GrantAttempts {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly grants: AttemptGrants,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async quizzes(courseId: string, enrolmentId: string): Promise<ManagedQuiz[]> {
    return this.unitOfWork.run(async () => {
      await this.hold(courseId, enrolmentId);
      return (await this.grants.quizzes(enrolmentId)).map(managedQuizOf);
    });
  }

  /** @throws DomainError `lesson.not_found`, `attempts.unlimited`, `attempts.passed` */
  async execute(courseId: string, enrolmentId: string, granting: Granting): Promise<ManagedQuiz> {
    const { lessonId, attempts, reason } = granting;
    return this.unitOfWork.run(async () => {
      // The lock that a submission takes as well: a try and a grant never count past each other.
      const enrolment = await this.hold(courseId, enrolmentId);
      const quiz = (await this.grants.quizzes(enrolmentId)).find((found) => found.lessonId === lessonId);
      if (quiz === undefined) throw new LessonNotFound();
      if (quiz.allowed === 0) throw new AttemptsUnlimited();
      if (quiz.passed) throw new QuizPassed();
      const { kind, id: actorId } = currentActor();
      const grantedBy = kind === 'user' ? actorId : null;
      const grantedAt = this.clock.now();
      await this.grants.add({ id: newId(), enrolmentId, ...granting, grantedBy, grantedAt });
      await this.events.append(quizAttemptsGranted, enrolmentId, {
        ...learnerOf(enrolment),
        ...{ lessonId, attempts, reason },
      });
      return managedQuizOf({ ...quiz, granted: quiz.granted + attempts });
    });
  }

  private async hold(courseId: string, enrolmentId: string): Promise<Enrolment> {
    const enrolment = await this.enrolments.lock(enrolmentId);
    if (enrolment?.courseId !== courseId || enrolment.status === 'withdrawn') throw new EnrolmentNotFound();
    return enrolment;
  }
}

function managedQuizOf({ allowed, ...quiz }: QuizStanding): ManagedQuiz {
  const left = allowed === 0 ? null : Math.max(0, allowed + quiz.granted - quiz.used);
  return { ...quiz, left };
}
