import { Injectable } from '@nestjs/common';
import { notificationPreferencesChanged, type NotificationPreference } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, DomainError } from '#libs/kernel';
import { requireUserId, UnitOfWork } from '#libs/tenancy';
import { allPreferences } from './notification.js';
import { NotificationRepository } from './notification.repository.js';

export class NotificationNotFound extends DomainError {
  constructor() {
    super('not_found', 'notification.not_found', 'There is no such notification.');
  }
}

/** What people do with their own inbox. */
@Injectable()
export class ChangeInbox {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotificationNotFound */
  async setRead(id: string, isRead: boolean): Promise<void> {
    const readAt = isRead ? this.clock.now() : null;
    if (!(await this.notifications.setRead(requireUserId(), id, readAt))) throw new NotificationNotFound();
  }

  async readAll(): Promise<void> {
    await this.notifications.readAll(requireUserId(), this.clock.now());
  }

  async preferences(): Promise<NotificationPreference[]> {
    return allPreferences(await this.notifications.preferences(requireUserId()));
  }

  async choose(preferences: readonly NotificationPreference[]): Promise<NotificationPreference[]> {
    const userId = requireUserId();
    // Each kind once: the last word counts.
    const chosen = [...new Map(preferences.map((preference) => [preference.kind, preference])).values()];
    return this.unitOfWork.run(async () => {
      await this.notifications.savePreferences(userId, chosen);
      await this.events.append(notificationPreferencesChanged, userId, { userId, preferences: chosen });
      return allPreferences(await this.notifications.preferences(userId));
    });
  }
}
