import { Controller } from '@nestjs/common';
import { showUsage, showUsageHistory, type Usage, type UsageHistory } from '#libs/contracts/insights';
import { Endpoint, Input, type InputOf } from '#libs/service';
import { ShowUsage } from './show-usage.use-case.js';

@Controller()
export class UsageController {
  constructor(private readonly usage: ShowUsage) {}

  @Endpoint(showUsage)
  async show(): Promise<Usage> {
    return this.usage.now();
  }

  @Endpoint(showUsageHistory)
  async history(@Input() { query }: InputOf<typeof showUsageHistory>): Promise<UsageHistory> {
    return this.usage.history(query.days);
  }
}
