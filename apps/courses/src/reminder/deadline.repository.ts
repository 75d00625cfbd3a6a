import type { Deadline } from './deadline.js';

/** When to speak about enrolments that are due. One row an enrolment, kept in the transaction that changes it. */
export abstract class Deadlines {
  /**
   * Brings the deadlines of these enrolments in line with their due dates and the rules that hold them; where nothing
   * is due any more there is none. Steps that lie before `now` are not made up for.
   */
  abstract refresh(enrolmentIds: readonly string[], now: Date): Promise<void>;

  /** Deadlines with a step to take, the oldest first; nobody else takes them until the unit of work ends. */
  abstract take(now: Date, limit: number): Promise<Deadline[]>;

  /** The steps up to `now` are taken; those without anything left to remind of are forgotten. */
  abstract advance(taken: readonly Deadline[], now: Date): Promise<void>;
}
