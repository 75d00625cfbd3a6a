import { Controller } from '@nestjs/common';
import {
  answerAppQuestion,
  appToken,
  appUserinfo,
  appUserinfoByPost,
  authorizeApp,
  authorizeAppByPost,
  confirmAppLogout,
  endAppSession,
  endAppSessionByPost,
  getAppQuestion,
  interact,
  issuerKeySet,
  oidcDiscovery,
  previewAppLogout,
  resumeApp,
  revokeAppToken,
} from '#libs/contracts/auth';
import { Endpoint, Input, Reply, type InputOf, type ResultOf } from '#libs/service';
import { readForm } from '../federation/posted-form.js';
import { signedOutReply } from '../session/session.cookies.js';
import { AppLogout, type AppLogoutStep } from './app-logout.use-case.js';
import { AppSignIn, type NextStep } from './app-sign-in.use-case.js';
import { AppTokens } from './app-tokens.use-case.js';
import type { ProtocolAnswer } from './exchange.js';
import { issuerPath } from './issuer.js';

/** OpenID Connect for apps. What browsers open leads on or to a calm page; what apps ask is answered as the protocol says. */
@Controller()
export class IssuerController {
  constructor(
    private readonly signIn: AppSignIn,
    private readonly tokens: AppTokens,
    private readonly logout: AppLogout,
  ) {}

  @Endpoint(oidcDiscovery)
  async discover(@Input() input: InputOf<typeof oidcDiscovery>): Promise<ResultOf<typeof oidcDiscovery>> {
    return forAll(await this.tokens.read('/.well-known/openid-configuration', input));
  }

  @Endpoint(issuerKeySet)
  async keys(@Input() input: InputOf<typeof issuerKeySet>): Promise<ResultOf<typeof issuerKeySet>> {
    return forAll(await this.tokens.read('/jwks', input)) as ResultOf<typeof issuerKeySet>;
  }

  @Endpoint(authorizeApp)
  async authorize(@Input() input: InputOf<typeof authorizeApp>): Promise<ResultOf<typeof authorizeApp>> {
    return goTo(await this.signIn.start(input));
  }

  @Endpoint(authorizeAppByPost)
  async authorizeByPost(
    @Input() { stream }: InputOf<typeof authorizeAppByPost>,
  ): Promise<ResultOf<typeof authorizeAppByPost>> {
    const form = await readForm(stream, authorizeAppByPost.bodyLimit);
    // What another site posts comes without our cookies; what it leads to comes with them.
    return goTo({ url: `${issuerPath}/auth?${form.toString()}`, cookies: [] });
  }

  @Endpoint(resumeApp)
  async resume(@Input() input: InputOf<typeof resumeApp>): Promise<ResultOf<typeof resumeApp>> {
    return goTo(await this.signIn.resume(input.params.interactionId, input));
  }

  @Endpoint(interact)
  async interact(@Input() input: InputOf<typeof interact>): Promise<ResultOf<typeof interact>> {
    return goTo(await this.signIn.interact(input.params.interactionId, input));
  }

  @Endpoint(getAppQuestion)
  async question(@Input() input: InputOf<typeof getAppQuestion>): Promise<ResultOf<typeof getAppQuestion>> {
    return this.signIn.question(input.params.interactionId, input);
  }

  @Endpoint(answerAppQuestion)
  async answer(
    @Input() input: InputOf<typeof answerAppQuestion>,
  ): Promise<ResultOf<typeof answerAppQuestion>> {
    return { url: await this.signIn.answer(input.params.interactionId, input.body.decision, input) };
  }

  @Endpoint(appToken)
  async token(@Input() input: InputOf<typeof appToken>): Promise<ResultOf<typeof appToken>> {
    const form = await readForm(input.stream, appToken.bodyLimit);
    return said(await this.tokens.post('/token', input, form.toString()));
  }

  @Endpoint(revokeAppToken)
  async revoke(@Input() input: InputOf<typeof revokeAppToken>): Promise<ResultOf<typeof revokeAppToken>> {
    const form = await readForm(input.stream, revokeAppToken.bodyLimit);
    const { body, options } = said(await this.tokens.post('/token/revocation', input, form.toString()));
    return new Reply(body as unknown as undefined, options);
  }

  @Endpoint(appUserinfo)
  async userinfo(@Input() input: InputOf<typeof appUserinfo>): Promise<ResultOf<typeof appUserinfo>> {
    return said(await this.tokens.read('/me', input));
  }

  @Endpoint(appUserinfoByPost)
  async userinfoByPost(
    @Input() input: InputOf<typeof appUserinfoByPost>,
  ): Promise<ResultOf<typeof appUserinfoByPost>> {
    const form = await readForm(input.stream, appUserinfoByPost.bodyLimit);
    return said(await this.tokens.post('/me', input, form.toString()));
  }

  @Endpoint(endAppSession)
  async end(@Input() input: InputOf<typeof endAppSession>): Promise<ResultOf<typeof endAppSession>> {
    return leave(await this.logout.start(input), input);
  }

  @Endpoint(endAppSessionByPost)
  async endByPost(
    @Input() { stream }: InputOf<typeof endAppSessionByPost>,
  ): Promise<ResultOf<typeof endAppSessionByPost>> {
    const form = await readForm(stream, endAppSessionByPost.bodyLimit);
    return goTo({ url: `${issuerPath}/session/end?${form.toString()}`, cookies: [] });
  }

  @Endpoint(previewAppLogout)
  async preview(
    @Input() { body }: InputOf<typeof previewAppLogout>,
  ): Promise<ResultOf<typeof previewAppLogout>> {
    return { app: await this.logout.question(body.handle) };
  }

  @Endpoint(confirmAppLogout)
  async confirm(
    @Input() input: InputOf<typeof confirmAppLogout>,
  ): Promise<ResultOf<typeof confirmAppLogout>> {
    const url = await this.logout.confirm(input.body.handle, input);
    return new Reply({ url }, { cookies: signedOutReply(input).options.cookies ?? [] });
  }
}

/** 303: whatever came, the browser goes on with a GET. */
function goTo({ url, cookies }: NextStep): Reply<undefined> {
  return new Reply(undefined, {
    status: 303,
    headers: { location: url, 'cache-control': 'no-store' },
    setCookies: cookies,
  });
}

function leave({ url, ended }: AppLogoutStep, input: Parameters<typeof signedOutReply>[0]): Reply<undefined> {
  const cookies = ended ? (signedOutReply(input).options.cookies ?? []) : [];
  return new Reply(undefined, {
    status: 303,
    headers: { location: url, 'cache-control': 'no-store' },
    cookies,
  });
}

/** What of an answer of the library is for the app: the rest is ours to say. */
const passed = ['access-control-allow-origin', 'access-control-expose-headers', 'vary', 'www-authenticate'];

function said({ status, headers, body }: ProtocolAnswer): Reply<Record<string, unknown>> {
  const shown = passed.flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  return new Reply((body === '' ? {} : JSON.parse(body)) as Record<string, unknown>, {
    status,
    headers: { ...Object.fromEntries(shown), 'cache-control': 'no-store' },
  });
}

/** What is public, for pages of any origin. */
function forAll({ body }: ProtocolAnswer): Reply<Record<string, unknown>> {
  const headers = { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' };
  return new Reply(JSON.parse(body) as Record<string, unknown>, { headers });
}
