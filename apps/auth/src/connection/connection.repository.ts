import type { Connection, ConnectionSecrets } from './connection.js';

/** Connections of the current tenant. */
export abstract class ConnectionRepository {
  /** The oldest first. */
  abstract all(): Promise<readonly Connection[]>;

  abstract byId(id: string): Promise<Connection | null>;

  abstract secretsOf(id: string): Promise<ConnectionSecrets>;

  abstract add(connection: Connection, secrets: ConnectionSecrets): Promise<void>;

  /** Writes the next version; null when it is not the next of what is stored. Secrets that are not given stay. */
  abstract save(connection: Connection, secrets?: ConnectionSecrets): Promise<Connection | null>;

  /** No other change of connections of this tenant runs until the transaction ends. */
  abstract lockAll(): Promise<void>;

  abstract remove(id: string): Promise<void>;
}
