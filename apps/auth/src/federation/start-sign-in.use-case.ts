import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import { DomainError } from '#libs/kernel';
import { addressesOf } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { IdentityProviders } from './identity-provider.js';
import { OneTimeStore } from './one-time-store.js';
import { RecordAttempt } from './record-attempt.use-case.js';
import { Refusal, TestFailed } from './refusal.js';
import {
  browserHash,
  FLOW_SECONDS,
  flowKey,
  safeReturn,
  signInTest,
  type SignInFlow,
} from './sign-in-flow.js';

export interface Start {
  readonly connectionId: string;
  /** The origin that was asked at. */
  readonly origin: string;
  readonly returnTo: string | undefined;
  readonly test: string | undefined;
  readonly browserToken: string;
}

/** Sends a browser to the provider of a connection, and remembers that it was this one. */
@Injectable()
export class StartSignIn {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly providers: IdentityProviders,
    private readonly store: OneTimeStore,
    private readonly attempts: RecordAttempt,
    private readonly entitlements: Entitlements,
  ) {}

  /** Where the browser goes. @throws Refusal */
  async execute({ connectionId, origin, returnTo, test, browserToken }: Start): Promise<string> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null) throw new Refusal('connection_unknown');
    if (origin !== connection.origin) return sameAt(addressesOf(connection).start, { returnTo, test });
    const tested = test === undefined ? null : signInTest.safeParse(await this.store.take('test', test));
    const isTest = tested?.success === true && tested.data.connectionId === connectionId;
    const setupLinkId = isTest ? tested.data.setupLinkId : null;
    if (test !== undefined && !isTest) throw new Refusal('test_unknown');
    if (!isTest && connection.state !== 'active') throw new Refusal('connection_inactive');
    if (!(await this.entitlements.may('sso'))) throw new Refusal('not_in_plan');
    try {
      const { url, id, nonce, codeVerifier } = await this.providers.of(connection).question(connection);
      const flow: SignInFlow = {
        ...{
          connectionId,
          nonce,
          codeVerifier,
          browser: browserHash(browserToken),
          returnTo: safeReturn(returnTo),
        },
        purpose: isTest ? 'test' : 'sign_in',
        testedBy: isTest ? tested.data.userId : null,
        setupLinkId,
      };
      await this.store.put('flow', flowKey(connectionId, id), flow, FLOW_SECONDS);
      return url;
    } catch (error) {
      if (!(error instanceof DomainError || error instanceof Refusal)) throw error;
      const reason = error instanceof Refusal ? error.reason : 'provider_unreachable';
      const found = error instanceof Refusal ? error.found : { actual: error.message };
      const checks = [{ check: reason, ok: false, expected: null, actual: null, ...found }];
      const attemptId = await this.attempts.execute({
        ...{
          connectionId,
          purpose: isTest ? 'test' : 'sign_in',
          outcome: 'refused',
          reason,
          detail: { checks },
        },
      });
      throw isTest ? new TestFailed(attemptId, setupLinkId !== null) : new Refusal(reason);
    }
  }
}

function sameAt(start: string, query: { returnTo: string | undefined; test: string | undefined }): string {
  const url = new URL(start);
  if (query.returnTo !== undefined) url.searchParams.set('returnTo', query.returnTo);
  if (query.test !== undefined) url.searchParams.set('test', query.test);
  return url.href;
}
