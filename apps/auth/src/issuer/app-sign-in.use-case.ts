import { Injectable } from '@nestjs/common';
import { appScope, type AppQuestion } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import { currentActor } from '#libs/tenancy';
import { AppNotFound } from '../app/app.errors.js';
import { AppRepository } from '../app/app.repository.js';
import { ChangeConsent } from '../app/change-consent.use-case.js';
import { cookieOf } from '../session/session.cookies.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import { accountIdOf, AppAccounts } from './app-account.js';
import { AppMetrics } from './app-metrics.js';
import { BrowserSession, type BrowserRequest } from './browser-session.js';
import { IssuerInstances, type IssuerInstance } from './issuer-instances.js';
import { problemPage } from './issuer-provider.js';
import { issuerPath } from './issuer.js';
import { RecordRefusal } from './record-refusal.use-case.js';

type Visit = RequestSite & BrowserRequest & { readonly rawQuery: string };
type Interaction = InstanceType<IssuerInstance['provider']['Interaction']>;

/** Where the browser goes next, with the cookies of the library. */
export interface NextStep {
  readonly url: string;
  readonly cookies: readonly string[];
}

/** Leads a browser that comes from an app through what is left to do, and back to it with a code. */
@Injectable()
export class AppSignIn {
  constructor(
    private readonly instances: IssuerInstances,
    private readonly browser: BrowserSession,
    private readonly accounts: AppAccounts,
    private readonly apps: AppRepository,
    private readonly consents: ChangeConsent,
    private readonly refusals: RecordRefusal,
    private readonly metrics: AppMetrics,
  ) {}

  async start(visit: Visit): Promise<NextStep> {
    const instance = await this.instances.current();
    const { origin } = instance.issuer;
    // The session of the browser is one of the issuer's host.
    if (origin !== `${visit.scheme}://${visit.host}`) {
      return { url: `${origin}${issuerPath}/auth?${visit.rawQuery}`, cookies: [] };
    }
    if (currentActor().by !== undefined) return { url: problemPage('acting'), cookies: [] };
    return this.go(instance, visit, `/auth?${visit.rawQuery}`);
  }

  async resume(interactionId: string, visit: Visit): Promise<NextStep> {
    const instance = await this.instances.current();
    const name = instance.provider.cookieName('resume');
    const shown = cookieOf(visit.headers['cookie'] ?? '', name);
    if (shown !== interactionId) return expired;
    return this.go(instance, visit, `/auth/${interactionId}`, `${name}=${shown}`);
  }

  /** What is left: to sign in, to prove it once more, or to say whether the app may know one. */
  async interact(interactionId: string, visit: Visit): Promise<NextStep> {
    const { provider } = await this.instances.current();
    const interaction = await this.shown(provider, interactionId, visit);
    if (interaction === null) return expired;
    if (currentActor().by !== undefined) return { url: problemPage('acting'), cookies: [] };
    const here = `${issuerPath}/interaction/${interactionId}`;
    const ref = this.browser.ofActor();
    const account = ref === null ? null : await this.accounts.find(ref, false);
    if (ref === null || account === null) {
      return { url: `/sign-in?next=${encodeURIComponent(here)}`, cookies: [] };
    }
    const accountId = accountIdOf(ref);
    if (interaction.prompt.name === 'consent') {
      const isOwn = interaction.session?.accountId === accountId;
      return isOwn ? { url: `/app-sign-in?ask=${interactionId}`, cookies: [] } : expired;
    }
    const provedAt = Math.floor(account.provedAt.getTime() / 1000);
    if (!isFresh(interaction, provedAt)) return { url: `/app-sign-in?again=${interactionId}`, cookies: [] };
    interaction.result = {
      ...interaction.lastSubmission,
      login: { accountId, ts: provedAt, amr: [...account.amr] },
    };
    // Whoever began as another, or in a session that is over, goes on as who he is now.
    if (interaction.session?.accountId !== accountId) delete interaction.session;
    await interaction.persist();
    return { url: interaction.returnTo, cookies: [] };
  }

  /** @throws DomainError `app.sign_in_expired`, AppNotFound */
  async question(interactionId: string, visit: BrowserRequest): Promise<AppQuestion> {
    const { interaction, appId, scopes } = await this.asked(interactionId, visit);
    const app = await this.apps.byId(appId);
    if (app === null) throw new AppNotFound();
    const { name, email } = currentActor();
    const uri = textOf(interaction, 'redirect_uri');
    return {
      app: { id: appId, name: app.name, host: URL.canParse(uri) ? new URL(uri).host : '' },
      scopes,
      user: { name: name ?? '', email: email ?? '' },
    };
  }

  /** Where to go on. @throws DomainError `app.sign_in_expired`, AppNotFound */
  async answer(interactionId: string, decision: 'allow' | 'deny', visit: BrowserRequest): Promise<string> {
    const { interaction, appId, scopes } = await this.asked(interactionId, visit);
    if (decision === 'allow') {
      await this.consents.allow(appId, scopes);
      interaction.result = { ...interaction.lastSubmission, consent: {} };
    } else {
      interaction.result = { error: 'access_denied', error_description: 'the person did not allow it' };
    }
    await interaction.persist();
    return interaction.returnTo;
  }

  private async go(
    instance: IssuerInstance,
    visit: Visit,
    path: string,
    more: string | null = null,
  ): Promise<NextStep> {
    const session = await this.browser.cookieFor(instance, visit);
    const cookie = [session, more].filter((one) => one !== null).join('; ');
    const headers = cookie === '' ? {} : { cookie };
    const answer = await instance.ask({ method: 'GET', path, headers });
    if (answer.failure !== null) {
      this.metrics.refused(answer.failure.code);
      await this.refusals.execute(answer.failure, visit.rawQuery);
    }
    const url = answer.headers['location'];
    // Pages of the library are none of ours.
    return { url: url ?? problemPage('refused'), cookies: answer.cookies };
  }

  private async shown(
    provider: IssuerInstance['provider'],
    interactionId: string,
    { headers }: BrowserRequest,
  ): Promise<Interaction | null> {
    const shown = cookieOf(headers['cookie'] ?? '', provider.cookieName('interaction'));
    return shown === interactionId ? ((await provider.Interaction.find(interactionId)) ?? null) : null;
  }

  /** The question that waits in this browser, for this person. */
  private async asked(interactionId: string, visit: BrowserRequest) {
    const { provider } = await this.instances.current();
    const interaction = await this.shown(provider, interactionId, visit);
    const ref = this.browser.ofActor();
    const isHis = ref !== null && interaction?.session?.accountId === accountIdOf(ref);
    if (interaction === null || !isHis || interaction.prompt.name !== 'consent') {
      throw new DomainError(
        'not_found',
        'app.sign_in_expired',
        'This sign-in is over. Begin again in the app.',
      );
    }
    const asked = textOf(interaction, 'scope').split(' ');
    return {
      interaction,
      appId: textOf(interaction, 'client_id'),
      scopes: appScope.options.filter((scope) => asked.includes(scope)),
    };
  }
}

function textOf({ params }: Interaction, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

const expired: NextStep = { url: problemPage('expired'), cookies: [] };

/** Whether the proof is as young as the app wants it: after it asked (`prompt=login`), or of a few seconds (`max_age`). */
function isFresh({ prompt: { reasons }, params, iat }: Interaction, provedAt: number): boolean {
  if (reasons.includes('login_prompt') && provedAt < iat) return false;
  if (!reasons.includes('max_age')) return true;
  return Math.floor(Date.now() / 1000) - provedAt <= Number(params['max_age']) || provedAt >= iat;
}
