import { Injectable } from '@nestjs/common';
import { linkPaths, setupLinkCreated, setupLinkRevoked, type NewSetupLink } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, currentTenant, requireUserId, UnitOfWork } from '#libs/tenancy';
import { ShowConnections } from '../connection/show-connections.use-case.js';
import { linkTo, newLinkToken } from '../mail/link.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { RequestBudget } from '../throttle/request-budget.js';
import { TooManyRequests } from '../throttle/throttle.errors.js';
import {
  SetupLinkKind,
  SetupLinkNeedsUnused,
  SetupLinkNotFound,
  SetupNameMissing,
  TooManySetupLinks,
} from './setup-link.errors.js';
import { MOST_SETUP_LINKS, toldOfLink, type SetupLink } from './setup-link.js';
import { SetupLinkRepository } from './setup-link.repository.js';
import { setupLetter } from './setup-letter.js';

const DAY_MS = 86_400_000;
const HOUR = 3_600;

interface MadeSetupLink {
  readonly link: SetupLink;
  /** In this answer and in the mail, and nowhere else. */
  readonly url: string;
}

/** Makes links by which the IT department sets a connection up, and ends them. */
@Injectable()
export class ManageSetupLinks {
  constructor(
    private readonly links: SetupLinkRepository,
    private readonly connections: ShowConnections,
    private readonly profiles: TenantProfiles,
    private readonly mails: MailOutbox,
    private readonly budget: RequestBudget,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async all(): Promise<readonly SetupLink[]> {
    return this.links.all();
  }

  /** @throws ConnectionNotFound, SetupLinkNeedsUnused, SetupLinkKind, SetupNameMissing, TooManySetupLinks, TooManyRequests, `entitlement.feature_not_in_plan` */
  async create(input: NewSetupLink, site: RequestSite): Promise<MadeSetupLink> {
    await this.entitlements.require('sso');
    const subject = await this.subjectOf(input);
    const { recipient, uses, days } = input;
    if (recipient !== null && !(await this.budget.allows(['setup-mail', currentTenant().id], 20, HOUR))) {
      throw new TooManyRequests(HOUR);
    }
    const { token, hash } = newLinkToken();
    const now = this.clock.now();
    const origin = subject.origin ?? (await this.profiles.linkOrigin(site));
    const link: SetupLink = {
      ...{ ...subject, id: newId(), origin, recipient, isForOne: uses === 'one', hash, browser: null },
      ...{ createdBy: requireUserId(), createdAt: now, expiresAt: new Date(now.getTime() + days * DAY_MS) },
      ...{ openedAt: null, usedAt: null, finishedAt: null, revokedAt: null },
    };
    const url = linkTo(origin, linkPaths.connectionSetup, token);
    await this.unitOfWork.run(async () => {
      if ((await this.links.countOpen(now)) >= MOST_SETUP_LINKS) {
        throw new TooManySetupLinks(MOST_SETUP_LINKS);
      }
      await this.links.add(link);
      if (recipient !== null) await this.invite(link, recipient, url);
      const told = { ...toldOfLink(link), uses, expiresAt: link.expiresAt.toISOString() };
      await this.events.append(setupLinkCreated, link.id, told);
    });
    return { link, url };
  }

  /** @throws SetupLinkNotFound */
  async revoke(id: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const revoked = await this.links.revoke(id, this.clock.now());
      if (revoked === null) throw new SetupLinkNotFound();
      await this.events.append(setupLinkRevoked, id, toldOfLink(revoked));
    });
  }

  /** What the link is for: a connection that is there, or one that is to be. */
  private async subjectOf({ connectionId, name, kind, provider }: NewSetupLink) {
    if (connectionId === null) {
      if (name === undefined) throw new SetupNameMissing();
      return { connectionId: newId(), name, kind, provider, origin: null };
    }
    const connection = await this.connections.one(connectionId);
    if (connection.state === 'active') throw new SetupLinkNeedsUnused();
    if (connection.kind === 'ldap') throw new SetupLinkKind();
    const { origin } = connection;
    return {
      ...{ connectionId, origin },
      ...{ name: connection.name, kind: connection.kind, provider: connection.provider },
    };
  }

  private async invite(link: SetupLink, recipient: string, url: string): Promise<void> {
    const { name: academy, locale = 'en' } = await this.profiles.current();
    const inviter = currentActor().name;
    const wording = setupLetter(
      { kind: 'invitation', inviter, until: link.expiresAt },
      link,
      academy,
      locale,
    );
    await this.mails.put({
      template: 'notice',
      to: { email: recipient, name: recipient },
      link: url,
      wording,
    });
  }
}
