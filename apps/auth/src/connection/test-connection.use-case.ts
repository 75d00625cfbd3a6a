import { Injectable } from '@nestjs/common';
import { randomToken } from '#libs/crypto';
import { Entitlements } from '#libs/entitlements';
import { requireUserId } from '#libs/tenancy';
import { OneTimeStore } from '../federation/one-time-store.js';
import { FLOW_SECONDS, type SignInTest } from '../federation/sign-in-flow.js';
import { ConnectionNotFound } from './connection.errors.js';
import { addressesOf } from './connection.js';
import { ConnectionRepository } from './connection.repository.js';

/** Begins a test in the browser of an administrator. */
@Injectable()
export class TestConnection {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly store: OneTimeStore,
    private readonly entitlements: Entitlements,
  ) {}

  /** Where the browser goes. @throws ConnectionNotFound, DomainError `entitlement.feature_not_in_plan` */
  async execute(id: string): Promise<string> {
    return this.begin(id, { userId: requireUserId(), setupLinkId: null });
  }

  /** For somebody who has a setup link of the connection. @throws as `execute` */
  async byLink(id: string, setupLinkId: string): Promise<string> {
    return this.begin(id, { userId: null, setupLinkId });
  }

  private async begin(id: string, by: Omit<SignInTest, 'connectionId'>): Promise<string> {
    await this.entitlements.require('sso');
    const connection = await this.connections.byId(id);
    if (connection === null) throw new ConnectionNotFound();
    const token = randomToken();
    const test: SignInTest = { connectionId: id, ...by };
    await this.store.put('test', token, test, FLOW_SECONDS);
    return `${addressesOf(connection).start}?test=${token}`;
  }
}
