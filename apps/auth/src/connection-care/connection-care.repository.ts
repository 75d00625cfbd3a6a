import type { ConnectionCare } from './connection-care.js';

/** Somebody who is told. */
export interface CareReader {
  readonly email: string;
  readonly name: string;
  readonly locale: string | null;
}

/** Which connections of the current tenant are to be looked after. */
export abstract class ConnectionCareRepository {
  /** Those whose time has come. Nobody else takes them for a while, so that two workers do not ask one provider at once. */
  abstract take(now: Date, until: Date): Promise<readonly ConnectionCare[]>;

  abstract byId(connectionId: string): Promise<ConnectionCare | null>;

  abstract save(care: ConnectionCare, nextAt: Date): Promise<void>;

  /** The active people who may manage connections. */
  abstract readers(): Promise<readonly CareReader[]>;
}
