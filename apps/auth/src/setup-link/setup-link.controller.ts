import { Controller } from '@nestjs/common';
import {
  createSetupLink,
  finishSetup,
  listSetupLinks,
  openSetup,
  readSetupAttempt,
  revokeSetupLink,
  saveSetup,
  testSetup,
} from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { Endpoint, Input, Reply, type InputOf, type ResultOf } from '#libs/service';
import { ManageSetupLinks } from './manage-setup-links.use-case.js';
import type { Shown } from './setup-door.js';
import { setupBrowser, setupCookie } from './setup-link.cookies.js';
import { setupLinkView } from './setup-link.js';
import { setupView } from './setup-view.js';
import { SetUpByLink } from './set-up-by-link.use-case.js';

type ByLink = Pick<InputOf<typeof openSetup>, 'scheme' | 'headers'> & { readonly body: { token: string } };

@Controller()
export class SetupLinkController {
  constructor(
    private readonly links: ManageSetupLinks,
    private readonly setup: SetUpByLink,
    private readonly clock: Clock,
  ) {}

  @Endpoint(listSetupLinks)
  async list(): Promise<ResultOf<typeof listSetupLinks>> {
    const now = this.clock.now();
    return { items: (await this.links.all()).map((link) => setupLinkView(link, now)), nextCursor: null };
  }

  @Endpoint(createSetupLink)
  async create(@Input() input: InputOf<typeof createSetupLink>): Promise<ResultOf<typeof createSetupLink>> {
    const { link, url } = await this.links.create(input.body, input);
    return { link: setupLinkView(link, this.clock.now()), url };
  }

  @Endpoint(revokeSetupLink)
  async revoke(
    @Input() { params }: InputOf<typeof revokeSetupLink>,
  ): Promise<ResultOf<typeof revokeSetupLink>> {
    await this.links.revoke(params.setupLinkId);
    return undefined;
  }

  @Endpoint(openSetup)
  async open(@Input() input: InputOf<typeof openSetup>): Promise<ResultOf<typeof openSetup>> {
    const shown = shownBy(input);
    const opened = setupView(await this.setup.show(shown));
    return new Reply(opened, { cookies: [setupCookie(input.scheme, shown.browser)] });
  }

  @Endpoint(saveSetup)
  async save(@Input() input: InputOf<typeof saveSetup>): Promise<ResultOf<typeof saveSetup>> {
    return setupView(await this.setup.save(shownBy(input), input.body, input));
  }

  @Endpoint(testSetup)
  async test(@Input() input: InputOf<typeof testSetup>): Promise<ResultOf<typeof testSetup>> {
    return { startUrl: await this.setup.test(shownBy(input)) };
  }

  @Endpoint(readSetupAttempt)
  async attempt(
    @Input() input: InputOf<typeof readSetupAttempt>,
  ): Promise<ResultOf<typeof readSetupAttempt>> {
    return this.setup.attempt(shownBy(input), input.body.attemptId);
  }

  @Endpoint(finishSetup)
  async finish(@Input() input: InputOf<typeof finishSetup>): Promise<ResultOf<typeof finishSetup>> {
    await this.setup.finish(shownBy(input));
    return undefined;
  }
}

function shownBy({ scheme, headers, body }: ByLink): Shown {
  return { token: body.token, browser: setupBrowser(scheme, headers) };
}
