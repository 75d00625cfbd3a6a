import { Injectable } from '@nestjs/common';
import {
  certificateIssued,
  enrolmentCompleted,
  lessonCompleted,
  lessonStarted,
} from '#libs/contracts/courses';
import { EventLog, occurrence, type Occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import type { Certificate } from '../certificate/certificate.js';
import { IssueCertificate } from '../certificate/issue-certificate.js';
import { learnerOf, type Enrolment } from '../enrolment/enrolment.js';
import { Renewals } from '../renewal/renewal.repository.js';
import type { ProgressChange } from './lesson-progress.js';
import { LearningRepository, type Place } from './learning.repository.js';

interface Advance {
  readonly enrolment: Enrolment;
  readonly hasCompleted: boolean;
  readonly certificate: Certificate | null;
}

/** Carries a change in one lesson up into the course: counters, completion, certificate, events. */
@Injectable()
export class AdvanceLearner {
  constructor(
    private readonly learning: LearningRepository,
    private readonly issueCertificate: IssueCertificate,
    private readonly renewals: Renewals,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * In the unit of work that holds the place.
   * @param cause What made the change, where that is an event of its own.
   */
  async execute(
    place: Place,
    change: ProgressChange,
    cause?: (enrolment: Enrolment) => Occurrence,
  ): Promise<Enrolment> {
    const { next, hasStarted, hasCompleted } = change;
    await this.learning.saveProgress(place.enrolment.id, next);
    const begun = hasStarted ? beginning(place.enrolment, this.clock.now()) : place.enrolment;
    const advance = hasCompleted ? await this.completeLesson(begun, place) : unchanged(begun);
    const { enrolment } = advance;
    if (enrolment !== place.enrolment) await this.learning.saveEnrolment(enrolment);
    if (advance.hasCompleted) await this.renewals.refresh([enrolment.id]);
    const events = [
      ...(hasStarted
        ? [occurrence(lessonStarted, enrolment.id, { ...learnerOf(begun), lessonId: next.lessonId })]
        : []),
      ...(cause === undefined ? [] : [cause(enrolment)]),
      ...(hasCompleted ? completion(advance, next.lessonId) : []),
    ];
    if (events.length > 0) await this.events.appendAll(events);
    return enrolment;
  }

  private async completeLesson(enrolment: Enrolment, place: Place): Promise<Advance> {
    const counted = { ...enrolment, ...(await this.learning.tally(enrolment)) };
    if (counted.lessonsCompleted < counted.lessonsTotal || enrolment.status === 'completed') {
      return unchanged(counted);
    }
    const completed: Enrolment = { ...counted, status: 'completed', completedAt: this.clock.now() };
    if (!place.course.certificate) return { enrolment: completed, hasCompleted: true, certificate: null };
    const certificate = await this.issueCertificate.execute(completed, place.course);
    return { enrolment: { ...completed, certificateId: certificate.id }, hasCompleted: true, certificate };
  }
}

function unchanged(enrolment: Enrolment): Advance {
  return { enrolment, hasCompleted: false, certificate: null };
}

function beginning(enrolment: Enrolment, now: Date): Enrolment {
  return enrolment.startedAt === null ? { ...enrolment, status: 'in_progress', startedAt: now } : enrolment;
}

function completion({ enrolment, hasCompleted, certificate }: Advance, lessonId: string): Occurrence[] {
  const { id, lessonsCompleted, lessonsTotal, version } = enrolment;
  const learner = learnerOf(enrolment);
  return [
    occurrence(lessonCompleted, id, { ...learner, lessonId, lessonsCompleted, lessonsTotal }),
    ...(hasCompleted ? [occurrence(enrolmentCompleted, id, { ...learner, version })] : []),
    ...(certificate === null ? [] : [issued(certificate)]),
  ];
}

function issued(certificate: Certificate): Occurrence {
  const { id, enrolmentId, courseId, userId, learnerName, courseTitle } = certificate;
  return occurrence(certificateIssued, id, {
    certificateId: id,
    ...{ enrolmentId, courseId, userId, learnerName, courseTitle },
  });
}
