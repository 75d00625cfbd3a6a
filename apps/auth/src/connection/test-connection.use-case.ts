import { Injectable } from '@nestjs/common';
import { randomToken } from '#libs/crypto';
import { Entitlements } from '#libs/entitlements';
import { requireUserId } from '#libs/tenancy';
import { OneTimeStore } from '../federation/one-time-store.js';
import { FLOW_SECONDS } from '../federation/sign-in-flow.js';
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
    await this.entitlements.require('sso');
    const connection = await this.connections.byId(id);
    if (connection === null) throw new ConnectionNotFound();
    const token = randomToken();
    await this.store.put('test', token, { connectionId: id, userId: requireUserId() }, FLOW_SECONDS);
    return `${addressesOf(connection).start}?test=${token}`;
  }
}
