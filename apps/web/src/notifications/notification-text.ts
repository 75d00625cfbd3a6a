import type { Notification, NotificationKind } from '#libs/contracts/auth';
import { formatDay } from '../language/dates.js';
import { t } from '../language/t.js';

/** The notification as a sentence. */
export function notificationText({ kind, courseTitle, dueAt, days, personName }: Notification): string {
  const course = courseTitle;
  const due = dueAt === null ? '' : formatDay(dueAt);
  switch (kind) {
    case 'assigned':
      return dueAt === null
        ? t('notifications.assigned', { course })
        : t('notifications.assignedDue', { course, due });
    case 'renewed':
      return t('notifications.renewed', { course, due });
    case 'due_soon':
      return days === 0
        ? t('notifications.dueToday', { course })
        : t('notifications.dueSoon', { course, count: days ?? 0, due });
    case 'overdue':
      return t('notifications.overdue', { course, due });
    case 'escalated':
      return t('notifications.escalated', { course, person: personName ?? '', count: days ?? 0 });
    case 'certificate_issued':
      return t('notifications.certificate', { course });
    case 'course_updated':
      return t('notifications.updated', { course });
  }
}

/** Where it leads. */
export function notificationPath(notification: Notification): string {
  const { kind, enrolmentId, courseId, certificateId, personId } = notification;
  switch (kind) {
    case 'assigned':
    case 'renewed':
    case 'due_soon':
    case 'overdue':
      return enrolmentId === null ? `/courses/${courseId}` : `/learn/${enrolmentId}`;
    case 'escalated':
      return personId === null ? '/my-team' : `/my-team/${personId}`;
    case 'certificate_issued':
      return certificateId === null ? `/courses/${courseId}` : `/certificates/${certificateId}`;
    case 'course_updated':
      return `/courses/${courseId}`;
  }
}

/** What kind it is, as the preferences call it. */
export function kindName(kind: NotificationKind): string {
  switch (kind) {
    case 'assigned':
      return t('notifications.kind.assigned');
    case 'renewed':
      return t('notifications.kind.renewed');
    case 'due_soon':
      return t('notifications.kind.dueSoon');
    case 'overdue':
      return t('notifications.kind.overdue');
    case 'escalated':
      return t('notifications.kind.escalated');
    case 'certificate_issued':
      return t('notifications.kind.certificate');
    case 'course_updated':
      return t('notifications.kind.updated');
  }
}
