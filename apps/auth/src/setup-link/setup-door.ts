import { Injectable } from '@nestjs/common';
import { setupLinkOpened } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentContext, currentTenant, runInContext, UnitOfWork } from '#libs/tenancy';
import { RequestBudget } from '../throttle/request-budget.js';
import { TooManyRequests } from '../throttle/throttle.errors.js';
import { SetupLinkInvalid, SetupLinkTaken } from './setup-link.errors.js';
import { setupActor, statusOfLink, toldOfLink, type SetupLink } from './setup-link.js';
import { SetupLinkRepository } from './setup-link.repository.js';

const MINUTE = 60;

/** What a browser shows: the token of the link, and what tells it from other browsers. */
export interface Shown {
  readonly token: string;
  readonly browser: string;
}

/** Lets people in by a setup link of the academy at whose host they ask. */
@Injectable()
export class SetupDoor {
  constructor(
    private readonly links: SetupLinkRepository,
    private readonly budget: RequestBudget,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Runs the work in the name of the link. @throws SetupLinkInvalid, SetupLinkTaken, TooManyRequests */
  async enter<R>({ token, browser }: Shown, work: (link: SetupLink) => Promise<R>): Promise<R> {
    const { ip } = currentContext();
    const asked = ['setup-link', currentTenant().id, ip ?? ''];
    if (!(await this.budget.allows(asked, 120, MINUTE))) throw new TooManyRequests(MINUTE);
    const found = await this.links.byHash(sha256(token));
    const now = this.clock.now();
    if (found === null || statusOfLink(found, now) !== 'open') throw new SetupLinkInvalid();
    const actor = setupActor(found);
    return runInContext({ ...currentContext(), actor }, async () => {
      const link = await this.unitOfWork.run(async () => {
        const claimed = await this.links.claim(found.id, sha256(browser), now);
        if (claimed === null) throw new SetupLinkTaken();
        if (found.openedAt === null) await this.events.append(setupLinkOpened, found.id, toldOfLink(found));
        return claimed;
      });
      return work(link);
    });
  }
}
