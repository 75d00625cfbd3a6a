/** What was shown once to sign somebody in or out and counts no second time, kept where nothing is forgotten. */
export abstract class UsedProofs {
  /** True for the first who claims it. */
  abstract claim(digest: Buffer, until: Date): Promise<boolean>;
}
