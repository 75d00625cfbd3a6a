import { Injectable } from '@nestjs/common';
import { equalSecrets } from '#libs/crypto';
import { ConnectionRepository } from '../connection/connection.repository.js';
import type { SignIn } from '../session/sign-in.js';
import { CompleteSignIn } from './complete-sign-in.use-case.js';
import { personOfClaims } from './federated-person.js';
import { OneTimeStore } from './one-time-store.js';
import { Refusal } from './refusal.js';
import { browserHash, handoff, type Handoff } from './sign-in-flow.js';

export interface Finished {
  readonly signIn: SignIn;
  readonly returnTo: string;
}

/** Ends a sign-in in the browser that it belongs to. A verified answer is handed over once. */
@Injectable()
export class FinishSignIn {
  constructor(
    private readonly store: OneTimeStore,
    private readonly connections: ConnectionRepository,
    private readonly completing: CompleteSignIn,
  ) {}

  /** In the browser that began it, which its cookie proves. @throws Refusal, and what CompleteSignIn throws */
  async inBrowser(handle: string, browserToken: string | null): Promise<Finished> {
    const found = await this.taken(handle);
    const expected = found.browser;
    if (expected === null || browserToken === null || !equalSecrets(browserHash(browserToken), expected)) {
      throw new Refusal('other_browser');
    }
    return { signIn: await this.completing.execute(found), returnTo: found.returnTo };
  }

  /** After the provider began, and the person was asked. @throws Refusal, and what CompleteSignIn throws */
  async confirmed(handle: string): Promise<Finished> {
    const found = await this.taken(handle);
    if (found.browser !== null) throw new Refusal('other_browser');
    return { signIn: await this.completing.execute(found), returnTo: found.returnTo };
  }

  /** Who would be signed in. @throws Refusal */
  async preview(handle: string): Promise<{ email: string | null; name: string | null; connection: string }> {
    const found = handoff.safeParse(await this.store.read('handoff', handle));
    if (!found.success || found.data.browser !== null) throw new Refusal('handoff_unknown');
    const connection = await this.connections.byId(found.data.connectionId);
    if (connection === null) throw new Refusal('connection_unknown');
    const { email, name } = personOfClaims(connection, found.data.claims);
    return { email, name, connection: connection.name };
  }

  private async taken(handle: string): Promise<Handoff> {
    const found = handoff.safeParse(await this.store.take('handoff', handle));
    if (!found.success) throw new Refusal('handoff_unknown');
    return found.data;
  }
}
