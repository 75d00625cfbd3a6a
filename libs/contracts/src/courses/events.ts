import { z } from 'zod';
import { defineEvent, instant, uuid } from '../index.js';
import { enrolmentSource } from './enrolment.js';

const course = { courseId: uuid(), title: z.string() };

export const courseCreated = defineEvent('courses.course.created', z.strictObject(course));

export const courseUpdated = defineEvent(
  'courses.course.updated',
  z.strictObject({ ...course, revision: z.int() }),
);

export const coursePublished = defineEvent(
  'courses.course.published',
  z.strictObject({ ...course, version: z.int(), lessons: z.int(), digest: z.string() }),
);

export const courseDeleted = defineEvent('courses.course.deleted', z.strictObject(course));

/** Thirty days after its deletion: the draft and all lessons are gone; what learners have achieved stays. */
export const coursePurged = defineEvent('courses.course.purged', z.strictObject(course));

export const courseRestored = defineEvent('courses.course.restored', z.strictObject(course));

/** Whose, and how far it is after the event (0 to 1): enough to keep averages without asking back. */
const learner = {
  enrolmentId: uuid(),
  courseId: uuid(),
  userId: uuid(),
  progress: z.number().min(0).max(1),
};

/** Also written when somebody who had withdrawn comes back; `progress` is then what he had. */
export const enrolmentCreated = defineEvent(
  'courses.enrolment.created',
  z.strictObject({
    ...learner,
    version: z.int(),
    source: enrolmentSource,
    dueAt: instant().nullable(),
  }),
);

export const enrolmentCompleted = defineEvent(
  'courses.enrolment.completed',
  z.strictObject({ ...learner, version: z.int() }),
);

export const enrolmentWithdrawn = defineEvent('courses.enrolment.withdrawn', z.strictObject(learner));

/** A manager gave a due date to somebody who was enrolled already. */
export const enrolmentRescheduled = defineEvent(
  'courses.enrolment.rescheduled',
  z.strictObject({ ...learner, dueAt: instant() }),
);

const lesson = { ...learner, lessonId: uuid() };

export const lessonStarted = defineEvent('courses.lesson.started', z.strictObject(lesson));

export const lessonCompleted = defineEvent(
  'courses.lesson.completed',
  z.strictObject({ ...lesson, lessonsCompleted: z.int(), lessonsTotal: z.int() }),
);

export const quizAttempted = defineEvent(
  'courses.quiz.attempted',
  z.strictObject({ ...lesson, attempt: z.int(), score: z.int(), passed: z.boolean() }),
);

/** Somebody in charge gave a learner further tries. */
export const quizAttemptsGranted = defineEvent(
  'courses.quiz.attempts_granted',
  z.strictObject({ ...lesson, attempts: z.int(), reason: z.string() }),
);

export const certificateRevoked = defineEvent(
  'courses.certificate.revoked',
  z.strictObject({
    certificateId: uuid(),
    enrolmentId: uuid(),
    courseId: uuid(),
    userId: uuid(),
    learnerName: z.string(),
    courseTitle: z.string(),
    reason: z.string(),
  }),
);

export const certificateIssued = defineEvent(
  'courses.certificate.issued',
  z.strictObject({
    certificateId: uuid(),
    enrolmentId: uuid(),
    courseId: uuid(),
    userId: uuid(),
    learnerName: z.string(),
    courseTitle: z.string(),
  }),
);

/** What was written stays between the learner and the page: the event says only that it was. */
export const noteSaved = defineEvent(
  'courses.note.saved',
  z.strictObject({
    enrolmentId: uuid(),
    courseId: uuid(),
    lessonId: uuid(),
    userId: uuid(),
    characters: z.int(),
  }),
);
