import type { Renewal } from './renewal.js';

export interface BegunAnew {
  readonly enrolmentId: string;
  readonly dueAt: Date;
}

/** When completed enrolments begin anew. One row an enrolment, kept in the transaction that changes it. */
export abstract class Renewals {
  /**
   * Brings the ends of these completions, and those of their certificates, in line with the rules that hold them. Where no
   * rule asks for it nothing ends.
   */
  abstract refresh(enrolmentIds: readonly string[]): Promise<void>;

  /** Completions whose notice is due, the oldest first; nobody else takes them until the unit of work ends. */
  abstract take(now: Date, limit: number): Promise<Renewal[]>;

  /** They wait no more until they are refreshed. */
  abstract rest(enrolmentIds: readonly string[]): Promise<void>;

  /** Puts on record what was completed, and begins the enrolments anew on the course as it is published now. */
  abstract begin(begun: readonly BegunAnew[], now: Date): Promise<void>;
}
