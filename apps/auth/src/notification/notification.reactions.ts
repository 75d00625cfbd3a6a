import { Injectable } from '@nestjs/common';
import type { coursePublished } from '#libs/contracts/courses';
import { defineProjection, type Projection, type StoredEventOf } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { noticeEvents, noticesOf, updateNotice, type NoticeEvent } from './notices-of.js';
import { deliver, type Notice } from './notification.js';
import { NotificationRepository, type CourseLearner } from './notification.repository.js';

/** Tells people what happened. Reading the log anew tells nobody anything twice. */
@Injectable()
export class NotificationReactions {
  readonly projection: Projection = defineProjection({
    name: 'auth.notifications',
    tables: [],
    events: noticeEvents,
    applyAll: async (events) => this.react(events),
  });

  constructor(
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  private async react(events: readonly NoticeEvent[]): Promise<void> {
    await this.followLearners(events);
    const published = events.filter(
      (event): event is StoredEventOf<typeof coursePublished> =>
        event.type === 'courses.course.published' && event.payload.version > 1,
    );
    const updates: Notice[] = [];
    for (const event of published) {
      const learners = await this.notifications.learnersOf(event.payload.courseId);
      updates.push(...learners.map((userId) => updateNotice(event, userId)));
    }
    await this.tell([...events.flatMap(noticesOf), ...updates]);
  }

  private async tell(notices: readonly Notice[]): Promise<void> {
    if (notices.length === 0) return;
    const userIds = [...new Set(notices.map(({ userId }) => userId))];
    const recipients = new Map(
      (await this.notifications.recipients(userIds)).map((recipient) => [recipient.userId, recipient]),
    );
    const now = this.clock.now();
    await this.notifications.keep(
      notices.flatMap((notice) => {
        const recipient = recipients.get(notice.userId);
        const delivered = recipient === undefined ? null : deliver(notice, recipient, now);
        return delivered === null ? [] : [{ ...delivered, id: newId() }];
      }),
    );
  }

  /** The last event about a person and a course decides. */
  private async followLearners(events: readonly NoticeEvent[]): Promise<void> {
    const last = new Map<string, { readonly learner: CourseLearner; readonly isThere: boolean }>();
    for (const { type, payload } of events) {
      const isThere = type === 'courses.enrolment.created';
      const isGone = type === 'courses.enrolment.completed' || type === 'courses.enrolment.withdrawn';
      if (!isThere && !isGone) continue;
      const { courseId, userId } = payload;
      last.set(`${courseId} ${userId}`, { learner: { courseId, userId }, isThere });
    }
    const those = [...last.values()];
    await this.notifications.join(those.flatMap(({ learner, isThere }) => (isThere ? [learner] : [])));
    await this.notifications.leave(those.flatMap(({ learner, isThere }) => (isThere ? [] : [learner])));
  }
}
