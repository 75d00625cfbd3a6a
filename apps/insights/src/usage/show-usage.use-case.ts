import { Injectable } from '@nestjs/common';
import type { Usage, UsageHistory } from '#libs/contracts/insights';
import { Entitlements } from '#libs/entitlements';
import { Clock } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import { ApiUsage } from '../dashboard/api-usage.js';
import { daysUpTo, filled, UsageDays } from './usage-days.js';

/** What the academy uses of its plan: now, and day by day. */
@Injectable()
export class ShowUsage {
  constructor(
    private readonly apiUsage: ApiUsage,
    private readonly days: UsageDays,
    private readonly entitlements: Entitlements,
    private readonly clock: Clock,
  ) {}

  async now(): Promise<Usage> {
    const [users, storage, requests, mostUsers, mostStorage, mostRequests, requestsPerMinute] =
      await Promise.all([
        this.entitlements.used('users'),
        this.entitlements.used('storageBytes'),
        this.apiUsage.requestsThisMonth(this.clock.now()),
        this.entitlements.limit('users'),
        this.entitlements.limit('storageBytes'),
        this.entitlements.limit('requestsPerMonth'),
        this.entitlements.limit('requestsPerMinute'),
      ]);
    return {
      plan: currentTenant().plan,
      usages: [
        { limit: 'users', used: users, most: mostUsers },
        { limit: 'storageBytes', used: storage, most: mostStorage },
        { limit: 'requestsPerMonth', used: requests, most: mostRequests },
      ],
      requestsPerMinute,
    };
  }

  async history(count: number): Promise<UsageHistory> {
    const days = daysUpTo(this.clock.now(), count);
    const [requests, measured] = await Promise.all([
      this.apiUsage.requestsByDay(days),
      this.days.since(days[0] ?? ''),
    ]);
    const known = filled(days, measured);
    return {
      days: days.map((day, index) => ({
        day,
        requests: requests[index] ?? 0,
        people: known[index]?.people ?? null,
        activePeople: known[index]?.activePeople ?? null,
        storageBytes: known[index]?.storageBytes ?? null,
      })),
    };
  }
}
