import { describe, expect, it } from '@jest/globals';
import { ServiceMetrics } from '#libs/metrics';
import { FakeGaugeRepository } from './gauge.fake-repository.js';
import { exposeTenantGauges } from './tenant-gauges.js';

const unexpected = (error: unknown) => {
  throw error;
};

describe(exposeTenantGauges.name, () => {
  it('names every tenant while they are few, and no other', async () => {
    const repository = new FakeGaugeRepository();
    repository.gauges = {
      largest: [
        { tenantId: 'acme', plan: 'starter', activeUsers: 7, storageBytes: 10 },
        { tenantId: 'globex', plan: 'growth', activeUsers: 3, storageBytes: 20 },
      ],
      totals: [
        { plan: 'starter', activeUsers: 7, storageBytes: 10 },
        { plan: 'growth', activeUsers: 3, storageBytes: 20 },
      ],
    };
    const metrics = new ServiceMetrics('insights');
    exposeTenantGauges(metrics, repository, unexpected);
    const text = await metrics.registry.metrics();
    expect(text).toContain('tenant_active_users{tenant_id="acme",plan="starter"} 7');
    expect(text).toContain('tenant_storage_bytes{tenant_id="globex"} 20');
    expect(text).not.toContain('"other"');
  });

  it('adds up the tenants that are not named, by plan', async () => {
    const repository = new FakeGaugeRepository();
    const largest = Array.from({ length: 100 }, (_, n) => ({
      ...{ tenantId: `t-${n}`, plan: 'growth', activeUsers: 10, storageBytes: 5 },
    }));
    repository.gauges = {
      largest,
      totals: [
        { plan: 'growth', activeUsers: 1_600, storageBytes: 700 },
        { plan: 'starter', activeUsers: 400, storageBytes: 50 },
      ],
    };
    const metrics = new ServiceMetrics('insights');
    exposeTenantGauges(metrics, repository, unexpected);
    const text = await metrics.registry.metrics();
    expect(text).toContain('tenant_active_users{tenant_id="other",plan="growth"} 600');
    expect(text).toContain('tenant_active_users{tenant_id="other",plan="starter"} 400');
    expect(text).toContain('tenant_storage_bytes{tenant_id="other"} 250');
  });

  it('keeps the last values when no shard answers', async () => {
    const repository = new FakeGaugeRepository();
    const failures: unknown[] = [];
    const metrics = new ServiceMetrics('insights');
    exposeTenantGauges(metrics, repository, (error) => failures.push(error));
    repository.gauges = {
      largest: [{ tenantId: 'a', plan: 'growth', activeUsers: 1, storageBytes: 1 }],
      totals: [],
    };
    await metrics.registry.metrics();
    repository.read = async () => Promise.reject(new Error('away'));
    expect(await metrics.registry.metrics()).toContain('tenant_active_users{tenant_id="a",plan="growth"} 1');
    expect(failures).toHaveLength(2);
  });
});
