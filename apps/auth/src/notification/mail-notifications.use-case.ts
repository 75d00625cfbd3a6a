import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { MailOutbox } from '../mail/mail-outbox.js';
import { TenantProfiles } from '../tenant/tenant-profile.js';
import { noticeMail } from './notice-mail.js';
import { NotificationRepository, type NoticeToMail } from './notification.repository.js';

const PEOPLE_A_ROUND = 50;
/** Mails that may wait in the outbox: more of them at once would fill the tenant's queue. */
const WAITING = 300;
const MINUTES = 60_000;
const KEPT_FOR_MS = 180 * 24 * 3_600_000;

/** One mail a person with all that is to be told by now. What was read in the meantime needs no mail. */
@Injectable()
export class MailNotifications {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly outbox: MailOutbox,
    private readonly profiles: TenantProfiles,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const now = this.clock.now();
    for (;;) {
      const since = new Date(now.getTime() - 10 * MINUTES);
      // The rest is taken up when the timer looks again.
      if ((await this.notifications.waitingMails(since, WAITING)) >= WAITING) return;
      if ((await this.unitOfWork.run(() => this.round(now))) === 0) break;
    }
    await this.notifications.forgetBefore(new Date(now.getTime() - KEPT_FOR_MS));
  }

  private async round(now: Date): Promise<number> {
    const taken = await this.notifications.takeMails(now, PEOPLE_A_ROUND);
    if (taken.length === 0) return 0;
    await this.notifications.recordMailed(taken.map(({ id }) => id));
    const { name, locale } = await this.profiles.current();
    const origin = this.profiles.homeOrigin();
    for (const notices of byPerson(taken)) {
      const [first] = notices;
      const wanted = notices.filter(({ read, status }) => !read && status === 'active');
      if (first === undefined || wanted.length === 0) continue;
      const reader = { locale: first.locale ?? locale ?? 'en', timeZone: first.timeZone ?? 'UTC' };
      const { link, wording } = noticeMail(wanted, { academy: name, origin, ...reader });
      const to = { email: first.email, name: first.name };
      await this.outbox.put({ template: 'notice', to, link, wording });
    }
    return taken.length;
  }
}

function byPerson(notices: readonly NoticeToMail[]): NoticeToMail[][] {
  const people = new Map<string, NoticeToMail[]>();
  for (const notice of notices) {
    people.set(notice.userId, [...(people.get(notice.userId) ?? []), notice]);
  }
  return [...people.values()];
}
