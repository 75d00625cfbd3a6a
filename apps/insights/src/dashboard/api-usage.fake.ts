import { ApiUsage } from './api-usage.js';

export class FakeApiUsage extends ApiUsage {
  constructor(private readonly requests = 0) {
    super();
  }

  async requestsThisMonth(): Promise<number> {
    return this.requests;
  }

  /** All of them on the last day. */
  async requestsByDay(days: readonly string[]): Promise<readonly number[]> {
    return days.map((_, index) => (index === days.length - 1 ? this.requests : 0));
  }
}
