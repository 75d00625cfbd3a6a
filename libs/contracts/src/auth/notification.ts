import { z } from 'zod';
import { instant, page, uuid } from '../index.js';

const notificationKinds = [
  'assigned',
  'renewed',
  'due_soon',
  'overdue',
  'escalated',
  'certificate_issued',
  'course_updated',
] as const;
const notificationKind = z.enum(notificationKinds);
export type NotificationKind = z.infer<typeof notificationKind>;

/** What it is about; the words are the reader's, so they are made where he reads. */
const notificationDetails = z.strictObject({
  courseId: uuid(),
  courseTitle: z.string(),
  enrolmentId: uuid().nullable(),
  certificateId: uuid().nullable(),
  dueAt: instant().nullable(),
  /** Left until the due date, or gone since it. */
  days: z.int().nonnegative().nullable(),
  /** Of whom a manager is told. */
  personId: uuid().nullable(),
  personName: z.string().nullable(),
});
export type NotificationDetails = z.infer<typeof notificationDetails>;

const notification = z.strictObject({
  id: uuid(),
  kind: notificationKind,
  ...notificationDetails.shape,
  createdAt: instant(),
  readAt: instant().nullable(),
});
export type Notification = z.infer<typeof notification>;

export const notificationPage = z.strictObject({
  ...page(notification).shape,
  /** Of all, not of this page alone; from 100 on it is 100. */
  unread: z.int().min(0).max(100),
});
export type NotificationPage = z.infer<typeof notificationPage>;

export const unreadCount = z.strictObject({ unread: z.int().min(0).max(100) });

/** `now`: within a minute or so, several in one. `daily`: at seven in the morning, all of a day in one. */
const mailFrequency = z.enum(['now', 'daily', 'off']);
export type MailFrequency = z.infer<typeof mailFrequency>;

export const notificationPreference = z.strictObject({
  kind: notificationKind,
  inApp: z.boolean(),
  email: mailFrequency,
});
export type NotificationPreference = z.infer<typeof notificationPreference>;

/** One of each kind. */
export const notificationPreferences = z.strictObject({ preferences: z.array(notificationPreference) });

/** Kinds that are left out stay as they are. */
export const notificationPreferencesInput = z.strictObject({
  preferences: z.array(notificationPreference).min(1).max(notificationKinds.length),
});
