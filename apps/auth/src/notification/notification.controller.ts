import { Controller } from '@nestjs/common';
import {
  changeNotificationPreferences,
  countUnreadNotifications,
  getNotificationPreferences,
  listNotifications,
  readAllNotifications,
  readNotification,
  unreadNotification,
} from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { ChangeInbox } from './change-inbox.use-case.js';
import { Inbox } from './notification.read-model.js';

@Controller()
export class NotificationController {
  constructor(
    private readonly inbox: Inbox,
    private readonly change: ChangeInbox,
  ) {}

  @Endpoint(listNotifications)
  async list(
    @Input() { query }: InputOf<typeof listNotifications>,
  ): Promise<ResultOf<typeof listNotifications>> {
    return this.inbox.page(query.limit, query.cursor, query.unread === 'true');
  }

  @Endpoint(countUnreadNotifications)
  async count(): Promise<ResultOf<typeof countUnreadNotifications>> {
    return this.unread();
  }

  @Endpoint(readAllNotifications)
  async readAll(): Promise<ResultOf<typeof readAllNotifications>> {
    await this.change.readAll();
    return this.unread();
  }

  @Endpoint(readNotification)
  async read(
    @Input() { params }: InputOf<typeof readNotification>,
  ): Promise<ResultOf<typeof readNotification>> {
    await this.change.setRead(params.notificationId, true);
    return this.unread();
  }

  @Endpoint(unreadNotification)
  async unreadAgain(
    @Input() { params }: InputOf<typeof unreadNotification>,
  ): Promise<ResultOf<typeof unreadNotification>> {
    await this.change.setRead(params.notificationId, false);
    return this.unread();
  }

  @Endpoint(getNotificationPreferences)
  async preferences(): Promise<ResultOf<typeof getNotificationPreferences>> {
    return { preferences: await this.change.preferences() };
  }

  @Endpoint(changeNotificationPreferences)
  async choose(
    @Input() { body }: InputOf<typeof changeNotificationPreferences>,
  ): Promise<ResultOf<typeof changeNotificationPreferences>> {
    return { preferences: await this.change.choose(body.preferences) };
  }

  private async unread(): Promise<{ unread: number }> {
    return { unread: await this.inbox.unread() };
  }
}
