import { Controller } from '@nestjs/common';
import {
  confirmHandoff,
  discoverSignIn,
  finishSignIn,
  getSignInOptions,
  logoutAtProvider,
  previewHandoff,
  startSignIn,
} from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import { Endpoint, Input, Reply, type Cookie, type InputOf, type ResultOf } from '#libs/service';
import { SecondStepRequired } from '../factor/factor.errors.js';
import { signedInReply, signedOutReply } from '../session/session.cookies.js';
import { browserCookie, browserToken, newBrowserToken } from './browser.cookies.js';
import { FinishSignIn } from './finish-sign-in.use-case.js';
import { LogOutAtProvider } from './log-out-at-provider.use-case.js';
import { Refusal, TestFailed } from './refusal.js';
import { ShowSignInOptions } from './show-sign-in-options.use-case.js';
import { testPage } from './sign-in-flow.js';
import { StartSignIn } from './start-sign-in.use-case.js';

/** What browsers open on their way to a provider and back. Whatever is wrong, they get a page and no reason. */
@Controller()
export class FederationController {
  constructor(
    private readonly start: StartSignIn,
    private readonly finish: FinishSignIn,
    private readonly options: ShowSignInOptions,
    private readonly logOut: LogOutAtProvider,
  ) {}

  @Endpoint(getSignInOptions)
  async ways(): Promise<ResultOf<typeof getSignInOptions>> {
    return this.options.all();
  }

  @Endpoint(discoverSignIn)
  async discover(
    @Input() { body }: InputOf<typeof discoverSignIn>,
  ): Promise<ResultOf<typeof discoverSignIn>> {
    return this.options.forAddress(body.email);
  }

  @Endpoint(startSignIn)
  async begin(@Input() input: InputOf<typeof startSignIn>): Promise<ResultOf<typeof startSignIn>> {
    const token = browserToken(input.scheme, input.headers) ?? newBrowserToken();
    const origin = `${input.scheme}://${input.host}`;
    const { connectionId } = input.params;
    try {
      const asked = { returnTo: input.query.returnTo, test: input.query.test };
      const url = await this.start.execute({ connectionId, origin, browserToken: token, ...asked });
      return redirectTo(url, [browserCookie(input.scheme, token)]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return redirectTo(
        error instanceof TestFailed
          ? testPage(connectionId, error.attemptId, error.isByLink)
          : signInPage('unavailable'),
      );
    }
  }

  @Endpoint(finishSignIn)
  async end(@Input() input: InputOf<typeof finishSignIn>): Promise<ResultOf<typeof finishSignIn>> {
    try {
      const token = browserToken(input.scheme, input.headers);
      const { signIn, returnTo } = await this.finish.inBrowser(input.query.handle, token);
      return redirectTo(returnTo, signedInReply(signIn, input, 'cookies').options.cookies);
    } catch (error) {
      return redirectTo(pageOf(error));
    }
  }

  @Endpoint(previewHandoff)
  async preview(@Input() { body }: InputOf<typeof previewHandoff>): Promise<ResultOf<typeof previewHandoff>> {
    return calm(this.finish.preview(body.handle));
  }

  @Endpoint(confirmHandoff)
  async confirm(@Input() input: InputOf<typeof confirmHandoff>): Promise<ResultOf<typeof confirmHandoff>> {
    const { signIn } = await calm(this.finish.confirmed(input.body.handle));
    return signedInReply(signIn, input, 'cookies');
  }

  @Endpoint(logoutAtProvider)
  async leave(@Input() input: InputOf<typeof logoutAtProvider>): Promise<ResultOf<typeof logoutAtProvider>> {
    const url = await this.logOut.execute();
    return new Reply({ url }, { cookies: signedOutReply(input).options.cookies ?? [] });
  }
}

/** 303: whatever came, the browser goes on with a GET. */
export function redirectTo(location: string, cookies: readonly Cookie[] = []): Reply<undefined> {
  return new Reply(undefined, { status: 303, headers: { location }, cookies });
}

export function signInPage(problem: 'unavailable' | 'refused', reference?: string): string {
  return `/sign-in?sso=${problem}${reference === undefined ? '' : `&ref=${reference}`}`;
}

function pageOf(error: unknown): string {
  if (error instanceof SecondStepRequired) {
    return `/sign-in#second-step=${encodeURIComponent(JSON.stringify(error.step))}`;
  }
  if (error instanceof Refusal || error instanceof DomainError) return signInPage('refused');
  throw error;
}

async function calm<R>(work: Promise<R>): Promise<R> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new DomainError('unauthenticated', 'auth.sso_refused', 'This sign-in did not work. Begin again.');
  }
}
