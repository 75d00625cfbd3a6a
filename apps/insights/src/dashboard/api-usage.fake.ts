import { ApiUsage } from './api-usage.js';

export class FakeApiUsage extends ApiUsage {
  constructor(private readonly requests = 0) {
    super();
  }

  async requestsThisMonth(): Promise<number> {
    return this.requests;
  }
}
