import { Injectable } from '@nestjs/common';
import {
  newConnection,
  setupLinkFinished,
  type AttemptDetail,
  type AttemptView,
  type SetupInput,
} from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, DomainError } from '#libs/kernel';
import { currentTenant, UnitOfWork } from '#libs/tenancy';
import type { Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { CreateConnection } from '../connection/create-connection.use-case.js';
import { ShowAttempts } from '../connection/show-attempts.use-case.js';
import { TestConnection } from '../connection/test-connection.use-case.js';
import { UpdateConnection } from '../connection/update-connection.use-case.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { RequestBudget } from '../throttle/request-budget.js';
import { TooManyRequests } from '../throttle/throttle.errors.js';
import { UserRepository } from '../user/user.repository.js';
import { SetupDoor, type Shown } from './setup-door.js';
import { setupLetter } from './setup-letter.js';
import { SetupLinkInvalid, SetupLinkKind, SetupNotBegun } from './setup-link.errors.js';
import { toldOfLink, type SetupLink } from './setup-link.js';
import { SetupLinkRepository } from './setup-link.repository.js';

const HOUR = 3_600;
const TESTS_SHOWN = 5;

/** What a link shows: itself, its connection as far as there is one, and the last tests of it. */
export interface Setup {
  readonly link: SetupLink;
  readonly connection: Connection | null;
  readonly tests: readonly AttemptView[];
}

/** What people without an account may do with the one connection that their link is for. */
@Injectable()
export class SetUpByLink {
  constructor(
    private readonly door: SetupDoor,
    private readonly links: SetupLinkRepository,
    private readonly connections: ConnectionRepository,
    private readonly creating: CreateConnection,
    private readonly updating: UpdateConnection,
    private readonly testing: TestConnection,
    private readonly attempts: ShowAttempts,
    private readonly users: UserRepository,
    private readonly profiles: TenantProfiles,
    private readonly mails: MailOutbox,
    private readonly budget: RequestBudget,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws as SetupDoor */
  async show(shown: Shown): Promise<Setup> {
    return this.door.enter(shown, async (link) => this.setupOf(link, await this.unused(link)));
  }

  /** @throws SetupLinkKind, and as SetupDoor, CreateConnection and UpdateConnection */
  async save(shown: Shown, input: SetupInput, site: RequestSite): Promise<Setup> {
    return this.door.enter(shown, async (link) => {
      const before = await this.unused(link);
      if ((link.kind ?? input.kind) !== input.kind) throw new SetupLinkKind();
      await this.take(link, 'save', 60);
      const saved =
        before === null
          ? await this.creating.execute(newOf(link, input), site)
          : await this.updating.execute(before.id, patchOf(before, input), String(before.version));
      return this.setupOf(link, saved);
    });
  }

  /** Where the browser goes. @throws SetupNotBegun, and as SetupDoor and TestConnection */
  async test(shown: Shown): Promise<string> {
    return this.door.enter(shown, async (link) => {
      const connection = await this.unused(link);
      if (connection === null) throw new SetupNotBegun();
      await this.take(link, 'test', 60);
      return this.testing.byLink(connection.id, link.id);
    });
  }

  /** @throws DomainError `sso_attempt.not_found`, and as SetupDoor */
  async attempt(shown: Shown, attemptId: string): Promise<AttemptDetail> {
    return this.door.enter(shown, async (link) => {
      if ((await this.unused(link)) === null) throw new SetupNotBegun();
      const attempt = await this.attempts.one(link.connectionId, attemptId);
      if (isOfLink(link, attempt)) return attempt;
      throw new DomainError('not_found', 'sso_attempt.not_found', 'There is no such attempt, or no longer.');
    });
  }

  /** @throws SetupNotBegun, and as SetupDoor */
  async finish(shown: Shown): Promise<void> {
    await this.door.enter(shown, async (link) => {
      if ((await this.unused(link)) === null) throw new SetupNotBegun();
      await this.unitOfWork.run(async () => {
        const finished = await this.links.finish(link.id, this.clock.now());
        if (finished === null) throw new SetupLinkInvalid();
        await this.tell(finished);
        await this.events.append(setupLinkFinished, link.id, toldOfLink(finished));
      });
    });
  }

  /** The connection of the link, while nobody signs in by it: then it is over. @throws SetupLinkInvalid */
  private async unused(link: SetupLink): Promise<Connection | null> {
    const connection = await this.connections.byId(link.connectionId);
    if (connection?.state === 'active') throw new SetupLinkInvalid();
    return connection;
  }

  private async take({ id }: SetupLink, what: string, most: number): Promise<void> {
    const counted = ['setup-link', what, currentTenant().id, id];
    if (!(await this.budget.allows(counted, most, HOUR))) throw new TooManyRequests(HOUR);
  }

  private async setupOf(link: SetupLink, connection: Connection | null): Promise<Setup> {
    if (connection === null) return { link, connection, tests: [] };
    const { items } = await this.attempts.page(connection.id, 50, undefined);
    const tests = items.filter((attempt) => isOfLink(link, attempt)).slice(0, TESTS_SHOWN);
    return { link, connection, tests };
  }

  private async tell(link: SetupLink): Promise<void> {
    const maker = await this.users.byId(link.createdBy);
    if (maker?.status !== 'active') return;
    const { name: academy, locale } = await this.profiles.current();
    const wording = setupLetter({ kind: 'finished' }, link, academy, maker.locale ?? locale ?? 'en');
    const { email, name } = maker;
    const url = `${link.origin}/admin/sign-in/${link.connectionId}`;
    await this.mails.put({ template: 'notice', to: { email, name }, link: url, wording });
  }
}

/** Tests since the link is there: who signed in or tried before is nobody's business here. */
function isOfLink({ createdAt }: SetupLink, { purpose, at }: Pick<AttemptView, 'purpose' | 'at'>): boolean {
  return purpose === 'test' && new Date(at) >= createdAt;
}

/** The rest of a new connection is as usual: only invited people of proved domains, and all checks on. */
function newOf({ connectionId, name, provider }: SetupLink, input: SetupInput) {
  const common = { id: connectionId, name, provider: input.provider ?? provider };
  return newConnection.parse(
    input.kind === 'saml'
      ? { ...common, kind: 'saml', saml: input.saml }
      : { ...common, kind: 'oidc', oidc: input.oidc },
  );
}

/** What the link may not change stays as an administrator wanted it. */
function patchOf({ saml, oidc, provider }: Connection, input: SetupInput) {
  const common = { provider: input.provider ?? provider };
  if (input.kind === 'saml') {
    if (saml === null) throw new SetupLinkKind();
    const { signRequests, signed, allowIdpInitiated, nameIdFormat, forceAuthn, allowSha1 } = saml;
    const policy = { signRequests, signed, allowIdpInitiated, nameIdFormat, forceAuthn, allowSha1 };
    return { ...common, saml: { ...policy, ...input.saml } };
  }
  if (oidc === null) throw new SetupLinkKind();
  const { clientAuthentication = oidc.clientAuthentication, ...said } = input.oidc;
  return { ...common, oidc: { ...oidc, ...said, clientAuthentication } };
}
