import { Injectable } from '@nestjs/common';
import type { NotificationPreference } from '#libs/contracts/auth';
import { TenantDatabase } from '#libs/sharding';
import type { KeptNotice, Recipient } from './notification.js';
import { NotificationRepository, type CourseLearner, type NoticeToMail } from './notification.repository.js';

const chosen = `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'inApp', n.in_app, 'email', n.email)), '[]')
     FROM auth.notification_preferences n WHERE n.tenant_id = u.tenant_id AND n.user_id = u.id)`;

const recipients = `
  SELECT u.id AS "userId", u.status, u.time_zone AS "timeZone", ${chosen} AS preferences
    FROM auth.users u WHERE u.id = ANY ($1::uuid[])`;

const keep = `
  INSERT INTO auth.notifications
         (tenant_id, id, user_id, event_id, kind, details, in_app, created_at, mail_at)
  SELECT app.current_tenant(), n.id, n."userId", n."eventId", n.kind, n.details, n."inApp", n.at, n."mailAt"
    FROM jsonb_to_recordset($1::jsonb) AS n (id uuid, "userId" uuid, "eventId" uuid, kind text, details jsonb,
         "inApp" boolean, at timestamptz, "mailAt" timestamptz)
  ON CONFLICT ON CONSTRAINT notifications_event_key DO NOTHING`;

const join = `
  INSERT INTO auth.course_learners (tenant_id, course_id, user_id)
  SELECT app.current_tenant(), given.course_id, given.user_id
    FROM unnest($1::uuid[], $2::uuid[]) AS given (course_id, user_id)
  ON CONFLICT (tenant_id, course_id, user_id) DO NOTHING`;
const leave = `
  DELETE FROM auth.course_learners l
   USING unnest($1::uuid[], $2::uuid[]) AS given (course_id, user_id)
   WHERE l.course_id = given.course_id AND l.user_id = given.user_id`;
const learnersOf = 'SELECT user_id AS id FROM auth.course_learners WHERE course_id = $1';

// Whole people: what one is told by now goes into one mail.
const takeMails = `
  WITH who AS MATERIALIZED (
    SELECT n.user_id FROM auth.notifications n WHERE n.mail_at <= $1 GROUP BY n.user_id ORDER BY min(n.mail_at) LIMIT $2
  )
  SELECT n.id, n.user_id AS "userId", u.email, u.name, u.status, u.locale, u.time_zone AS "timeZone", n.kind,
         n.details, n.read_at IS NOT NULL AS read
    FROM auth.notifications n
    JOIN auth.users u ON u.tenant_id = n.tenant_id AND u.id = n.user_id
   WHERE n.user_id IN (SELECT user_id FROM who) AND n.mail_at <= $1
   ORDER BY n.id
     FOR UPDATE OF n SKIP LOCKED`;
const recordMailed = 'UPDATE auth.notifications SET mail_at = NULL WHERE id = ANY ($1::uuid[])';
const waitingMails = `
  SELECT count(*)::integer AS waiting
    FROM (SELECT FROM auth.mails WHERE sent_at IS NULL AND created_at >= $1 LIMIT $2) AS seen`;

const setRead = `
  UPDATE auth.notifications SET read_at = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE coalesce(read_at, $3) END
   WHERE user_id = $1 AND id = $2 AND in_app RETURNING id`;
const readAll = `
  UPDATE auth.notifications SET read_at = $2 WHERE user_id = $1 AND in_app AND read_at IS NULL`;

const preferences = `
  SELECT kind, in_app AS "inApp", email FROM auth.notification_preferences WHERE user_id = $1`;
const savePreferences = `
  INSERT INTO auth.notification_preferences (tenant_id, user_id, kind, in_app, email)
  SELECT app.current_tenant(), $1, p.kind, p."inApp", p.email
    FROM jsonb_to_recordset($2::jsonb) AS p (kind text, "inApp" boolean, email text)
  ON CONFLICT (tenant_id, user_id, kind) DO UPDATE SET in_app = excluded.in_app, email = excluded.email`;

const forgetBefore = 'DELETE FROM auth.notifications WHERE created_at < $1';

@Injectable()
export class PgNotificationRepository extends NotificationRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async recipients(userIds: readonly string[]): Promise<Recipient[]> {
    return this.database.query<Recipient>(recipients, [userIds]);
  }

  async keep(notices: readonly KeptNotice[]): Promise<void> {
    if (notices.length > 0) await this.database.query(keep, [JSON.stringify(notices)]);
  }

  async join(learners: readonly CourseLearner[]): Promise<void> {
    if (learners.length > 0) await this.database.query(join, pairsOf(learners));
  }

  async leave(learners: readonly CourseLearner[]): Promise<void> {
    if (learners.length > 0) await this.database.query(leave, pairsOf(learners));
  }

  async learnersOf(courseId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(learnersOf, [courseId]);
    return rows.map(({ id }) => id);
  }

  async takeMails(now: Date, people: number): Promise<NoticeToMail[]> {
    return this.database.query<NoticeToMail>(takeMails, [now, people]);
  }

  async recordMailed(ids: readonly string[]): Promise<void> {
    await this.database.query(recordMailed, [ids]);
  }

  async waitingMails(since: Date, limit: number): Promise<number> {
    const [row] = await this.database.query<{ waiting: number }>(waitingMails, [since, limit]);
    return row?.waiting ?? 0;
  }

  async setRead(userId: string, id: string, readAt: Date | null): Promise<boolean> {
    return (await this.database.query(setRead, [userId, id, readAt])).length > 0;
  }

  async readAll(userId: string, at: Date): Promise<void> {
    await this.database.query(readAll, [userId, at]);
  }

  async preferences(userId: string): Promise<NotificationPreference[]> {
    return this.database.query<NotificationPreference>(preferences, [userId]);
  }

  async savePreferences(userId: string, chosenOnes: readonly NotificationPreference[]): Promise<void> {
    await this.database.query(savePreferences, [userId, JSON.stringify(chosenOnes)]);
  }

  async forgetBefore(at: Date): Promise<void> {
    await this.database.query(forgetBefore, [at]);
  }
}

function pairsOf(learners: readonly CourseLearner[]): string[][] {
  return [learners.map(({ courseId }) => courseId), learners.map(({ userId }) => userId)];
}
