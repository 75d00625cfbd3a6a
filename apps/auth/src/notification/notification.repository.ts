import type { NotificationDetails, NotificationKind, NotificationPreference } from '#libs/contracts/auth';
import type { KeptNotice, Recipient } from './notification.js';

/** A change of who is at a course. */
export interface CourseLearner {
  readonly courseId: string;
  readonly userId: string;
}

/** A notice that is to be mailed, and to whom. */
export interface NoticeToMail {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly status: string;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly kind: NotificationKind;
  readonly details: NotificationDetails;
  readonly read: boolean;
}

export abstract class NotificationRepository {
  abstract recipients(userIds: readonly string[]): Promise<Recipient[]>;

  /** One that the same event brought to the same person before is left out. */
  abstract keep(notices: readonly KeptNotice[]): Promise<void>;

  abstract join(learners: readonly CourseLearner[]): Promise<void>;
  abstract leave(learners: readonly CourseLearner[]): Promise<void>;
  abstract learnersOf(courseId: string): Promise<string[]>;

  /** What is to be mailed by now to at most so many people; nobody else takes it until the unit of work ends. */
  abstract takeMails(now: Date, people: number): Promise<NoticeToMail[]>;
  abstract recordMailed(ids: readonly string[]): Promise<void>;
  /** How many mails of the last minutes have not been handed over yet, up to `limit`. */
  abstract waitingMails(since: Date, limit: number): Promise<number>;

  /** False when the person has no such notification. */
  abstract setRead(userId: string, id: string, readAt: Date | null): Promise<boolean>;
  abstract readAll(userId: string, at: Date): Promise<void>;

  abstract preferences(userId: string): Promise<NotificationPreference[]>;
  abstract savePreferences(userId: string, preferences: readonly NotificationPreference[]): Promise<void>;

  abstract forgetBefore(at: Date): Promise<void>;
}
