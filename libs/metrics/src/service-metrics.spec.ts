import { describe, expect, it } from '@jest/globals';
import { exposition, processMetrics, ServiceMetrics } from './service-metrics.js';

function namesIn(text: string): string[] {
  return [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] ?? '');
}

describe(ServiceMetrics.name, () => {
  it('gives every metric the name of its service', async () => {
    const metrics = new ServiceMetrics('courses');
    metrics.counter({ name: 'published_total', help: 'Published versions' }).inc();
    metrics
      .gauge({ name: 'pool_connections', help: 'Open connections', labels: ['shard'] })
      .set({ shard: 'small-1' }, 3);
    const text = await metrics.registry.metrics();
    expect(text).toContain('courses_published_total 1');
    expect(text).toContain('courses_pool_connections{shard="small-1"} 3');
  });

  it('measures requests by route and class of status, without a tenant', async () => {
    const metrics = new ServiceMetrics('courses');
    metrics.observeRequest({ method: 'GET', route: '/api/v1/courses/:courseId', status: 404, seconds: 0.02 });
    const text = await metrics.registry.metrics();
    expect(text).toContain(
      'courses_http_request_duration_seconds_count{method="GET",route="/api/v1/courses/:courseId",status="4xx"} 1',
    );
    expect(text).not.toContain('tenant');
  });

  it('sets a collected gauge at the scrape', async () => {
    const metrics = new ServiceMetrics('insights');
    let lag = 1;
    metrics.gauge({
      name: 'lag',
      help: 'Lag',
      collect: (gauge) => {
        gauge.set(lag);
      },
    });
    lag = 7;
    expect(await metrics.registry.metrics()).toContain('insights_lag 7');
  });

  it('makes one valid exposition of all services of a process', async () => {
    const services = (['gateway', 'tenants', 'auth', 'courses'] as const).map(
      (name) => new ServiceMetrics(name),
    );
    const text = await exposition([processMetrics(), ...services.map(({ registry }) => registry)]);
    const names = namesIn(text);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('process_cpu_seconds_total');
    expect(names).toContain('auth_http_request_duration_seconds');
  });
});
