import type { SetupLink } from './setup-link.js';

/** Setup links of the current tenant. */
export abstract class SetupLinkRepository {
  /** The newest first; what has been over for long is not kept. */
  abstract all(): Promise<readonly SetupLink[]>;

  abstract byHash(hash: Buffer): Promise<SetupLink | null>;

  abstract countOpen(now: Date): Promise<number>;

  abstract add(link: SetupLink): Promise<void>;

  /** Notes the use; of several browsers that open one for one at once, one gets it. Null: another has it. */
  abstract claim(id: string, browser: Buffer, at: Date): Promise<SetupLink | null>;

  /** Null when it was over before. */
  abstract finish(id: string, at: Date): Promise<SetupLink | null>;

  /** Null when it was over before. */
  abstract revoke(id: string, at: Date): Promise<SetupLink | null>;

  /** Whatever is open for this connection is over. */
  abstract finishOf(connectionId: string, at: Date): Promise<void>;
}
