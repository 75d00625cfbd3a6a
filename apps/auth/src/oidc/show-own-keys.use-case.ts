import { createPrivateKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isOidc } from '../connection/connection.js';
import { ConnectionNotFound } from '../connection/connection.errors.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { ownJwk } from './own-jwk.js';

/** The public keys of our side of a connection. */
@Injectable()
export class ShowOwnKeys {
  constructor(private readonly connections: ConnectionRepository) {}

  /** @throws ConnectionNotFound */
  async execute(connectionId: string): Promise<Record<string, unknown>[]> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null || !isOidc(connection)) throw new ConnectionNotFound();
    const { keys } = await this.connections.secretsOf(connectionId);
    return keys.map((key) => ownJwk(createPrivateKey(key)));
  }
}
