import { Injectable } from '@nestjs/common';
import { connectionWarned } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { certificateView } from '../connection/certificate.js';
import { isSaml, toldOf, type Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import { TenantProfiles } from '../tenant/tenant-profile.js';
import { careLetter } from './care-letter.js';
import {
  expiryOf,
  FAILURES_TOLD,
  nextLook,
  type CareNotice,
  type ConnectionCare,
} from './connection-care.js';
import { ConnectionCareRepository } from './connection-care.repository.js';
import { RefreshMetadata } from './refresh-metadata.use-case.js';

const TAKEN_MS = 5 * 60_000;

/** Looks after the connections of a tenant whose time has come: reads metadata anew, and warns before a certificate runs out. */
@Injectable()
export class LookAfterConnections {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly care: ConnectionCareRepository,
    private readonly refreshing: RefreshMetadata,
    private readonly mails: MailOutbox,
    private readonly profiles: TenantProfiles,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const now = this.clock.now();
    for (const care of await this.care.take(now, new Date(now.getTime() + TAKEN_MS))) {
      const connection = await this.connections.byId(care.connectionId);
      if (connection !== null) await this.lookAfter(connection, care);
    }
  }

  private async lookAfter(before: Connection, care: ConnectionCare): Promise<void> {
    const now = this.clock.now();
    const mayRead = isSaml(before) && before.state !== 'disabled' && before.saml.metadataUrl !== null;
    const { connection, error } = mayRead
      ? await this.refreshing.execute(before)
      : { connection: before, error: null };
    const failures = error === null ? 0 : care.failures + 1;
    const due = this.dueOf(connection, failures, error);
    const news = due.filter(({ key }) => !care.warnedOf.includes(key));
    const isFixed = error === null && care.failures >= FAILURES_TOLD;
    const kept = care.warnedOf.filter((key) => !(isFixed && key === 'metadata'));
    const warnedOf = [...kept, ...news.map(({ key }) => key)].slice(-40);
    await this.unitOfWork.run(async () => {
      for (const { notice } of news) await this.tell(connection, notice);
      const next = nextLook(now, failures, Math.random());
      await this.care.save({ ...care, failures, error, warnedOf }, next);
    });
  }

  private dueOf(connection: Connection, failures: number, error: string | null) {
    if (!isSaml(connection) || connection.state === 'disabled') return [];
    const expiry = expiryOf(connection.saml.certificates.map(certificateView), this.clock.now());
    const unread: { key: string; notice: CareNotice }[] =
      failures < FAILURES_TOLD
        ? []
        : [{ key: 'metadata', notice: { kind: 'metadata_unreadable', detail: error ?? '' } }];
    return [...(expiry === null ? [] : [expiry]), ...unread];
  }

  private async tell(connection: Connection, notice: CareNotice): Promise<void> {
    const { name: academy, locale } = await this.profiles.current();
    const link = `${connection.origin}/admin/sign-in/${connection.id}`;
    for (const { email, name, locale: own } of await this.care.readers()) {
      const wording = careLetter(notice, connection.name, academy, own ?? locale ?? 'en');
      await this.mails.put({ template: 'notice', to: { email, name }, link, wording });
    }
    const detail = notice.kind === 'certificate_expires' ? notice.until : notice.detail;
    await this.events.append(connectionWarned, connection.id, {
      ...toldOf(connection),
      ...{ warning: notice.kind, detail },
    });
  }
}
