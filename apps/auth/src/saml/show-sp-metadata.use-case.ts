import { Injectable } from '@nestjs/common';
import { isSaml } from '../connection/connection.js';
import { ConnectionNotFound } from '../connection/connection.errors.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { spMetadata } from './sp-metadata.js';

@Injectable()
export class ShowSpMetadata {
  constructor(private readonly connections: ConnectionRepository) {}

  /** @throws ConnectionNotFound */
  async execute(connectionId: string): Promise<string> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null || !isSaml(connection)) throw new ConnectionNotFound();
    return spMetadata(connection);
  }
}
