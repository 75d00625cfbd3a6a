import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { exposition, ServiceMetrics } from './service-metrics.js';
import { TenantLabels } from './tenant-labels.js';
import { TenantRequests } from './tenant-requests.js';

const series = (text: string) =>
  text.split('\n').filter((line) => line.startsWith('tenant_api_requests_total{'));

describe(TenantRequests.name, () => {
  it('counts exactly, by tenant, route template and status', async () => {
    const metrics = new ServiceMetrics('gateway');
    const requests = new TenantRequests(metrics);
    for (let n = 0; n < 3; n += 1) requests.count('acme', '/api/v1/courses/:courseId', 200);
    requests.count('acme', '/api/v1/courses/:courseId', 404);
    expect(series(await metrics.registry.metrics())).toEqual([
      'tenant_api_requests_total{tenant_id="acme",endpoint="/api/v1/courses/:courseId",status="200"} 3',
      'tenant_api_requests_total{tenant_id="acme",endpoint="/api/v1/courses/:courseId",status="404"} 1',
    ]);
  });

  it('drops the series of a tenant that lost its place, and counts it as other', async () => {
    const metrics = new ServiceMetrics('gateway');
    const requests = new TenantRequests(metrics, new TenantLabels(1));
    requests.count('quiet', '/x', 200);
    for (let n = 0; n < 10; n += 1) requests.count('busy', '/x', 200);
    requests.turn();
    requests.count('quiet', '/x', 200);
    requests.count('busy', '/x', 200);
    expect(series(await metrics.registry.metrics())).toEqual([
      'tenant_api_requests_total{tenant_id="other",endpoint="/x",status="200"} 11',
      'tenant_api_requests_total{tenant_id="busy",endpoint="/x",status="200"} 1',
    ]);
  });

  it('keeps a scrape of 10,000 busy tenants below 2 MB and 200 ms', async () => {
    const metrics = new ServiceMetrics('gateway');
    const requests = new TenantRequests(metrics);
    const routes = Array.from(
      { length: 120 },
      (_, n) => `/api/v1/some-quite-long-collection-${n}/:id/parts/:partId`,
    );
    for (let tenant = 0; tenant < 10_000; tenant += 1) {
      const id = newId();
      for (let n = 0; n < 12; n += 1) requests.count(id, routes[(tenant + n) % 120] ?? '', n % 5 ? 200 : 404);
      if (tenant < 100) {
        for (const route of routes) {
          for (const status of [200, 404, 422, 500]) requests.count(id, route, status);
        }
      }
    }
    for (const route of routes) {
      metrics.observeRequest({ method: 'GET', route, status: 200, seconds: 0.01 });
      metrics.observeRequest({ method: 'POST', route, status: 422, seconds: 0.01 });
    }
    await exposition([metrics.registry]);
    const times: number[] = [];
    let text = '';
    for (let scrape = 0; scrape < 3; scrape += 1) {
      const started = performance.now();
      text = await exposition([metrics.registry]);
      times.push(performance.now() - started);
    }
    expect(new Set(series(text).map((line) => /tenant_id="([^"]+)"/.exec(line)?.[1])).size).toBe(101);
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
    expect(Math.min(...times)).toBeLessThan(200);
  });
});
