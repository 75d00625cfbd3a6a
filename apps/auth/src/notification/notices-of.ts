import type { NotificationDetails, NotificationKind } from '#libs/contracts/auth';
import {
  certificateIssued,
  coursePublished,
  enrolmentAssigned,
  enrolmentCompleted,
  enrolmentCreated,
  enrolmentDueSoon,
  enrolmentEscalated,
  enrolmentOverdue,
  enrolmentRenewed,
  enrolmentWithdrawn,
} from '#libs/contracts/courses';
import type { StoredEventOf } from '#libs/events';
import type { Notice } from './notification.js';

export const noticeEvents = [
  enrolmentAssigned,
  enrolmentRenewed,
  enrolmentDueSoon,
  enrolmentOverdue,
  enrolmentEscalated,
  certificateIssued,
  coursePublished,
  enrolmentCreated,
  enrolmentCompleted,
  enrolmentWithdrawn,
] as const;
export type NoticeEvent = StoredEventOf<(typeof noticeEvents)[number]>;

const nothing: Omit<NotificationDetails, 'courseId' | 'courseTitle'> = {
  ...{ enrolmentId: null, certificateId: null, dueAt: null, days: null, personId: null, personName: null },
};

/** Who is told what by an event, as far as the event itself says. */
export function noticesOf(event: NoticeEvent): Notice[] {
  switch (event.type) {
    case 'courses.enrolment.assigned':
      // Who assigns something to himself knows.
      if (event.actor.kind === 'user' && event.actor.id === event.payload.userId) return [];
      return [noticeOf(event, 'assigned', event.payload.userId, { dueAt: event.payload.dueAt })];
    case 'courses.enrolment.renewed':
      return [noticeOf(event, 'renewed', event.payload.userId, { dueAt: event.payload.dueAt })];
    case 'courses.enrolment.due_soon': {
      const { userId, dueAt, daysLeft } = event.payload;
      return [noticeOf(event, 'due_soon', userId, { dueAt, days: daysLeft })];
    }
    case 'courses.enrolment.overdue': {
      const { userId, dueAt, daysOverdue } = event.payload;
      return [noticeOf(event, 'overdue', userId, { dueAt, days: daysOverdue })];
    }
    case 'courses.enrolment.escalated': {
      const { managerId, userId, learnerName, dueAt, daysOverdue } = event.payload;
      if (managerId === null) return [];
      const person = { personId: userId, personName: learnerName };
      return [noticeOf(event, 'escalated', managerId, { ...person, dueAt, days: daysOverdue })];
    }
    case 'courses.certificate.issued': {
      const { userId, certificateId } = event.payload;
      return [noticeOf(event, 'certificate_issued', userId, { certificateId })];
    }
    case 'courses.course.published':
    case 'courses.enrolment.created':
    case 'courses.enrolment.completed':
    case 'courses.enrolment.withdrawn':
      return [];
  }
}

/** The news of a new version, for whoever is at the course. */
export function updateNotice(
  { id, occurredAt, payload }: StoredEventOf<typeof coursePublished>,
  userId: string,
): Notice {
  const details = { ...nothing, courseId: payload.courseId, courseTitle: payload.title };
  return { eventId: id, userId, kind: 'course_updated', details, at: occurredAt };
}

function noticeOf(
  {
    id,
    occurredAt,
    payload,
  }: {
    readonly id: string;
    readonly occurredAt: Date;
    readonly payload: {
      readonly courseId: string;
      readonly courseTitle: string;
      readonly enrolmentId: string;
    };
  },
  kind: NotificationKind,
  userId: string,
  details: Partial<NotificationDetails>,
): Notice {
  const { courseId, courseTitle, enrolmentId } = payload;
  return {
    ...{ eventId: id, userId, kind, at: occurredAt },
    details: { ...nothing, courseId, courseTitle, enrolmentId, ...details },
  };
}
