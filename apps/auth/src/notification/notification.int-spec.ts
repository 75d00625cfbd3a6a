import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  coursePublished,
  enrolmentAssigned,
  enrolmentCompleted,
  enrolmentCreated,
  enrolmentOverdue,
} from '#libs/contracts/courses';
import { EventLog, Projector } from '#libs/events';
import { newId } from '#libs/kernel';
import type { TenantRef } from '#libs/tenancy';
import { anActor, aPerson, authOnShard, mailsOf, type AuthOnShard } from '../../testing/index.js';
import { ChangeInbox } from './change-inbox.use-case.js';
import { MailNotifications } from './mail-notifications.use-case.js';
import { NotificationReactions } from './notification.reactions.js';
import { Inbox } from './notification.read-model.js';

describe('notifications', () => {
  let auth: AuthOnShard;
  let tenant: TenantRef;
  let userId: string;
  let email: string;

  beforeAll(async () => {
    auth = await authOnShard({ tenants: 2 });
    [tenant] = auth.shard.tenants as [TenantRef];
  });
  afterAll(() => auth.close());
  beforeEach(async () => {
    const { user } = await aPerson(auth, tenant);
    [userId, email] = [user.id, user.email];
  });

  const inTenant = <R>(work: () => R) => auth.shard.inTenant(tenant, work);
  const as = <R>(work: () => Promise<R>, id = userId) => auth.as(tenant, { ...anActor('learner'), id }, work);
  const projector = () => new Projector({ database: auth.shard.database });
  const react = async () => {
    const { projection } = auth.get(NotificationReactions);
    expect(await inTenant(() => projector().catchUp(projection))).toBe('done');
  };
  const learner = () => ({
    ...{ enrolmentId: newId(), courseId: newId(), userId, progress: 0, courseTitle: 'Fire safety' },
  });
  const assign = (about: ReturnType<typeof learner> = learner()) =>
    inTenant(() =>
      auth.get(EventLog).append(enrolmentAssigned, about.enrolmentId, {
        ...{ ...about, ruleId: null, ruleName: null, dueAt: '2030-06-30T21:59:59Z' },
      }),
    );
  const inbox = () => as(() => auth.get(Inbox).page(20, undefined, false));
  const mail = async () => {
    const mine = async () =>
      (await mailsOf(auth, tenant)).filter(({ to, template }) => to.email === email && template === 'notice');
    const before = (await mine()).length;
    await inTenant(() => auth.get(MailNotifications).execute());
    return (await mine()).slice(before);
  };

  it('reach the inbox once, however often the log is read', async () => {
    await assign();
    await react();
    await inTenant(() => projector().orderReplay('auth.notifications'));
    await react();
    const { items, unread } = await inbox();
    expect(items).toMatchObject([{ kind: 'assigned', courseTitle: 'Fire safety', readAt: null }]);
    expect(unread).toBe(1);
  });

  it('are read one by one or all, and unread again, by whom they are for', async () => {
    await assign();
    await assign();
    await react();
    const [first] = (await inbox()).items;
    const change = auth.get(ChangeInbox);
    const { user: stranger } = await aPerson(auth, tenant);
    await expect(as(() => change.setRead(first?.id ?? '', true), stranger.id)).rejects.toMatchObject({
      code: 'notification.not_found',
    });
    await as(() => change.setRead(first?.id ?? '', true));
    expect((await inbox()).unread).toBe(1);
    await as(() => change.setRead(first?.id ?? '', false));
    expect((await inbox()).unread).toBe(2);
    await as(() => change.readAll());
    expect((await inbox()).unread).toBe(0);
    expect((await as(() => auth.get(Inbox).page(20, undefined, true))).items).toEqual([]);
  });

  it('page from the newest on', async () => {
    for (let n = 0; n < 3; n += 1) await assign();
    await react();
    const first = await as(() => auth.get(Inbox).page(2, undefined, false));
    const second = await as(() => auth.get(Inbox).page(2, first.nextCursor ?? '', false));
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
  });

  it('are mailed together after a moment, in the language of the reader, and once', async () => {
    await inTenant(() =>
      auth.shard.database.query(`UPDATE auth.users SET locale = 'de' WHERE id = $1`, [userId]),
    );
    await assign();
    await assign();
    await react();
    expect(await mail()).toEqual([]);
    auth.clock.advance(31_000);
    const [letter, ...others] = await mail();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ template: 'notice', wording: { language: 'de', direction: 'ltr' } });
    expect(letter?.wording?.subject).toMatch(/^2 Neuigkeiten/);
    expect(letter?.wording?.paragraphs.join(' ')).toContain('30. Juni 2030');
    expect(await mail()).toEqual([]);
  });

  it('are not mailed when they were read in the meantime, or are not wanted', async () => {
    await assign();
    await react();
    await as(() => auth.get(ChangeInbox).readAll());
    auth.clock.advance(31_000);
    expect(await mail()).toEqual([]);
    const change = auth.get(ChangeInbox);
    await as(() => change.choose([{ kind: 'assigned', inApp: false, email: 'off' }]));
    await assign();
    await react();
    auth.clock.advance(31_000);
    expect(await mail()).toEqual([]);
    expect((await inbox()).items).toHaveLength(1);
  });

  it('wait for the morning where they are wanted once a day', async () => {
    await as(() => auth.get(ChangeInbox).choose([{ kind: 'overdue', inApp: true, email: 'daily' }]));
    const about = learner();
    await inTenant(() =>
      auth.get(EventLog).append(enrolmentOverdue, about.enrolmentId, {
        ...{ ...about, dueAt: '2026-01-01T00:00:00Z', daysOverdue: 1 },
      }),
    );
    await react();
    auth.clock.advance(31_000);
    expect(await mail()).toEqual([]);
    auth.clock.advance(24 * 3_600_000);
    expect(await mail()).toHaveLength(1);
  });

  it('tell of a new version whoever is at the course, and nobody who is through', async () => {
    const courseId = newId();
    const { user: through } = await aPerson(auth, tenant);
    const place = (id: string) => ({ enrolmentId: newId(), courseId, userId: id, progress: 0 });
    const created = { version: 1, source: 'self' as const, dueAt: null };
    const log = auth.get(EventLog);
    await inTenant(async () => {
      await log.append(enrolmentCreated, newId(), { ...place(userId), ...created });
      await log.append(enrolmentCreated, newId(), { ...place(through.id), ...created });
      await log.append(enrolmentCompleted, newId(), { ...place(through.id), version: 1 });
    });
    await react();
    const course = { courseId, title: 'Fire safety', lessons: 1, digest: 'x' };
    await inTenant(() => log.append(coursePublished, courseId, { ...course, version: 2 }));
    await react();
    expect((await inbox()).items).toMatchObject([{ kind: 'course_updated', courseId }]);
    expect((await as(() => auth.get(Inbox).page(20, undefined, false), through.id)).items).toEqual([]);
  });

  it('are nobody’s in another tenant', async () => {
    await assign();
    await react();
    const other = auth.shard.tenants[1] ?? null;
    const actor = { ...anActor('learner'), id: userId };
    expect(await auth.as(other, actor, () => auth.get(Inbox).page(20, undefined, false))).toEqual({
      ...{ items: [], nextCursor: null, unread: 0 },
    });
  });
});
