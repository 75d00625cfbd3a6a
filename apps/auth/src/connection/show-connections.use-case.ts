import { Injectable } from '@nestjs/common';
import { ConnectionNotFound } from './connection.errors.js';
import type { Connection } from './connection.js';
import { ConnectionRepository } from './connection.repository.js';

@Injectable()
export class ShowConnections {
  constructor(private readonly connections: ConnectionRepository) {}

  async all(): Promise<readonly Connection[]> {
    return this.connections.all();
  }

  /** @throws ConnectionNotFound */
  async one(id: string): Promise<Connection> {
    const connection = await this.connections.byId(id);
    if (connection === null) throw new ConnectionNotFound();
    return connection;
  }
}
