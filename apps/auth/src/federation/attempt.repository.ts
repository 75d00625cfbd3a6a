import type { Attempt } from './attempt.js';

export interface AttemptPlace {
  readonly at: Date;
  readonly id: string;
}

/** The last attempts of each connection of the current tenant: few, and not for long. */
export abstract class AttemptRepository {
  abstract add(attempt: Attempt): Promise<void>;

  /** The newest first. */
  abstract list(connectionId: string, limit: number, after: AttemptPlace | null): Promise<readonly Attempt[]>;

  abstract byId(connectionId: string, id: string): Promise<Attempt | null>;
}
