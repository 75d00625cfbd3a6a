import type { CourseContent } from '#libs/contracts/courses';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aUser, FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeCertificateRepository } from '../src/certificate/certificate.fake-repository.js';
import { IssueCertificate } from '../src/certificate/issue-certificate.js';
import { lessonsOf } from '../src/content/content.js';
import type { Enrolment } from '../src/enrolment/enrolment.js';
import { AdvanceLearner } from '../src/learning/advance-learner.js';
import { FakeLearningRepository } from '../src/learning/learning.fake-repository.js';
import { OpenLesson } from '../src/learning/open-lesson.use-case.js';
import { RecordProgress } from '../src/learning/record-progress.use-case.js';
import { SubmitAttempt } from '../src/learning/submit-attempt.use-case.js';
import { FakePersonRepository } from '../src/person/person.fake-repository.js';
import { FakeRenewals } from '../src/renewal/renewal.fake-repository.js';

/** A learner who is enrolled in version 1 of a course, on fakes. */
export function aClassroom(content: CourseContent) {
  const learning = new FakeLearningRepository();
  const certificates = new FakeCertificateRepository();
  const people = new FakePersonRepository();
  const events = new FakeEventLog();
  const unitOfWork = new FakeUnitOfWork();
  const clock = new FixedClock();
  const learner = aUser({ name: 'Sam Sample' });
  const userId = learner.id ?? '';
  const lessons = lessonsOf(content).map(({ lesson }) => lesson);
  const enrolment: Enrolment = {
    ...{ id: newId(), courseId: newId(), version: 1, userId, source: 'self', status: 'not_started' },
    ...{ lessonsTotal: lessons.length, lessonsCompleted: 0, nextLessonId: lessons[0]?.id ?? null },
    ...{ certificateId: null, dueAt: null, enrolledAt: clock.now(), startedAt: null, completedAt: null },
  };
  learning.enrolments.set(enrolment.id, enrolment);
  learning.versions.set(`${enrolment.courseId}/1`, content);
  const issue = new IssueCertificate(certificates, people);
  const renewals = new FakeRenewals();
  const advance = new AdvanceLearner(learning, issue, renewals, events, clock);
  return {
    ...{ learning, certificates, people, events, clock, learner, enrolment, lessons, unitOfWork, renewals },
    recordProgress: new RecordProgress(learning, advance, unitOfWork, clock),
    submitAttempt: new SubmitAttempt(learning, advance, unitOfWork, clock),
    openLesson: new OpenLesson(learning),
    /** Runs work as the learner, or as somebody else. */
    as: <R>(work: () => Promise<R>, actor = learner) => runInContext(aContext({ actor }), work),
    current: () => learning.enrolments.get(enrolment.id),
  };
}
