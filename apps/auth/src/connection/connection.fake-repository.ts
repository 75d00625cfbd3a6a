import type { Connection, ConnectionSecrets } from './connection.js';
import { ConnectionNotFound } from './connection.errors.js';
import { ConnectionRepository } from './connection.repository.js';

/** Connections in memory. */
export class FakeConnectionRepository extends ConnectionRepository {
  readonly connections = new Map<string, Connection>();
  readonly secrets = new Map<string, ConnectionSecrets>();

  async all(): Promise<readonly Connection[]> {
    return [...this.connections.values()];
  }

  async byId(id: string): Promise<Connection | null> {
    return this.connections.get(id) ?? null;
  }

  async secretsOf(id: string): Promise<ConnectionSecrets> {
    const secrets = this.secrets.get(id);
    if (secrets === undefined) throw new ConnectionNotFound();
    return secrets;
  }

  async add(connection: Connection, secrets: ConnectionSecrets): Promise<void> {
    this.connections.set(connection.id, connection);
    this.secrets.set(connection.id, secrets);
  }

  async save(connection: Connection, secrets?: ConnectionSecrets): Promise<Connection | null> {
    if (this.connections.get(connection.id)?.version !== connection.version) return null;
    const saved = { ...connection, version: connection.version + 1 };
    this.connections.set(saved.id, saved);
    if (secrets !== undefined) this.secrets.set(saved.id, secrets);
    return saved;
  }

  async lockAll(): Promise<void> {
    // One at a time anyway.
  }

  async remove(id: string): Promise<void> {
    this.connections.delete(id);
    this.secrets.delete(id);
  }
}
