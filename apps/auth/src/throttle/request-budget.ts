/** Counts requests that cost something (a mail, for one). */
export abstract class RequestBudget {
  /** Counts one more of `what`, and tells whether it is still among the first `most` of the last `seconds`. */
  abstract allows(what: readonly string[], most: number, seconds: number): Promise<boolean>;
}
