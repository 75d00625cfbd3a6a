/** One budget of one window of time, which all replicas draw from. */
export interface Draw {
  readonly key: string;
  /** Which window; a number that grows. */
  readonly window: number;
  readonly wanted: number;
  readonly limit: number;
}

export interface Drawn {
  /** At most what was wanted; fewer when the budget runs low, so that all replicas get some of the rest. */
  readonly granted: number;
  /** What is left for everybody after this draw. */
  readonly left: number;
}

export abstract class BudgetStore {
  /** Rejects when the store cannot be reached soon. */
  abstract draw(draw: Draw): Promise<Drawn>;
}
