import { describe, expect, it } from '@jest/globals';
import { tenantAnalytics } from '#libs/contracts/insights';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aTenant } from '#libs/tenancy/testing';
import { FakeApiUsage } from './api-usage.fake.js';
import { FakeDashboardRepository } from './dashboard.fake-repository.js';
import type { DashboardNumbers } from './dashboard.repository.js';
import { ShowTenantDashboard } from './show-tenant-dashboard.use-case.js';

const tenant = aTenant({ plan: 'starter' });

function show(numbers: Partial<DashboardNumbers>, requests = 0) {
  const repository = new FakeDashboardRepository(numbers);
  const useCase = new ShowTenantDashboard(
    repository,
    new FakeApiUsage(requests),
    new FakeEntitlements('starter'),
    new FixedClock(Date.UTC(2026, 2, 15)),
  );
  return { repository, shown: runInContext(aContext({ tenant }), () => useCase.execute()) };
}

describe(ShowTenantDashboard.name, () => {
  it('shows usage against the plan, in the promised shape', async () => {
    const numbers = {
      totalUsers: 40,
      activeUsers: 12,
      enrolments: 8,
      coursesCompleted: 3,
      progress: 5,
      storageBytes: 2_048,
    };
    const { repository, shown } = show(numbers, 77);
    expect(tenantAnalytics.parse(await shown)).toEqual({
      tenantId: tenant.id,
      metrics: {
        activeUsers: 12,
        totalUsers: 40,
        coursesCompleted: 3,
        averageProgress: 0.625,
        apiUsage: { requests: 77, quota: 1_000_000 },
        storage: { used: 2_048, limit: 10 * 2 ** 30 },
      },
      health: { status: 'healthy', issues: [] },
    });
    expect(repository.asked).toEqual(['2026-02-14']);
  });

  it('has no progress where nobody is enrolled', async () => {
    expect((await show({}).shown).metrics.averageProgress).toBe(0);
  });

  it('warns before the seats run out', async () => {
    expect((await show({ totalUsers: 80 }).shown).health).toEqual({
      status: 'warning',
      issues: ['Seats: 80 % of the plan is used'],
    });
  });
});
