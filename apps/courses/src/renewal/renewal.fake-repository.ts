import { Renewals, type BegunAnew } from './renewal.repository.js';
import type { Renewal } from './renewal.js';

export class FakeRenewals extends Renewals {
  readonly begun: string[] = [];
  readonly refreshed: string[] = [];
  private waiting: readonly Renewal[];

  constructor(waiting: readonly Renewal[] = []) {
    super();
    this.waiting = waiting;
  }

  async refresh(enrolmentIds: readonly string[]): Promise<void> {
    this.refreshed.push(...enrolmentIds);
  }

  async take(_now: Date, limit: number): Promise<Renewal[]> {
    return this.waiting.slice(0, limit);
  }

  async rest(enrolmentIds: readonly string[]): Promise<void> {
    this.waiting = this.waiting.filter(({ enrolmentId }) => !enrolmentIds.includes(enrolmentId));
  }

  async begin(begun: readonly BegunAnew[]): Promise<void> {
    const ids = begun.map(({ enrolmentId }) => enrolmentId);
    this.begun.push(...ids);
    await this.rest(ids);
  }
}
