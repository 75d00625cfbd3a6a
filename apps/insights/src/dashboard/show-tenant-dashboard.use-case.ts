import { Injectable } from '@nestjs/common';
import type { TenantAnalytics } from '#libs/contracts/insights';
import { Entitlements } from '#libs/entitlements';
import { Clock } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import { ApiUsage } from './api-usage.js';
import { DashboardRepository } from './dashboard.repository.js';
import { activeSince, healthOf } from './tenant-dashboard.js';

/** Stands for "no limit" where the dashboard's fixed shape wants a number. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

@Injectable()
export class ShowTenantDashboard {
  constructor(
    private readonly repository: DashboardRepository,
    private readonly apiUsage: ApiUsage,
    private readonly entitlements: Entitlements,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<TenantAnalytics> {
    const now = this.clock.now();
    const [numbers, requests, seats, quota, storage] = await Promise.all([
      this.repository.numbers(activeSince(now)),
      this.apiUsage.requestsThisMonth(now),
      this.entitlements.limit('users'),
      this.entitlements.limit('requestsPerMonth'),
      this.entitlements.limit('storageBytes'),
    ]);
    const { activeUsers, totalUsers, coursesCompleted, enrolments, progress, storageBytes } = numbers;
    return {
      tenantId: currentTenant().id,
      metrics: {
        ...{ activeUsers, totalUsers, coursesCompleted },
        averageProgress: enrolments === 0 ? 0 : Math.min(1, progress / enrolments),
        apiUsage: { requests, quota: quota ?? NO_LIMIT },
        storage: { used: storageBytes, limit: storage ?? NO_LIMIT },
      },
      health: healthOf([
        { what: 'Seats', used: totalUsers, most: seats },
        { what: 'API requests', used: requests, most: quota },
        { what: 'Storage', used: storageBytes, most: storage },
      ]),
    };
  }
}
