import { RequestBudget } from './request-budget.js';

/** Counts, and forgets nothing. */
export class FakeRequestBudget extends RequestBudget {
  private readonly counts = new Map<string, number>();

  async allows(what: readonly string[], most: number): Promise<boolean> {
    const key = JSON.stringify(what);
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count <= most;
  }
}
