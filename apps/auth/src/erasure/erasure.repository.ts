import type { Page } from '#libs/contracts';
import type { Erasure, ErasurePart } from './erasure.js';

/** People of the current tenant who were erased, and the erasing itself. */
export abstract class ErasureRepository {
  abstract add(erasure: Erasure): Promise<void>;

  abstract byUser(userId: string): Promise<Erasure | null>;

  /** Newest first. */
  abstract page(limit: number, cursor: string | undefined): Promise<Page<Erasure>>;

  /**
   * Notes what a service did; once more changes nothing. Nobody else changes the erasure until the transaction ends.
   * @throws ErasureNotFound
   */
  abstract acknowledge(id: string, part: ErasurePart): Promise<Erasure>;

  abstract complete(id: string, at: Date): Promise<void>;

  /** Of whom the person is the manager. */
  abstract reportsOf(userId: string): Promise<readonly string[]>;

  /** Takes the person out of the leads of teams; answers which. */
  abstract leaveLeads(userId: string): Promise<readonly string[]>;

  /** Empties auth's own rows of the person, who becomes nobody. Answers how many it touched. */
  abstract empty(userId: string): Promise<number>;

  /** Takes the person out of the tenant's log. Answers how many events it touched. */
  abstract redactLog(userId: string): Promise<number>;
}
