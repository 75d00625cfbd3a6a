import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { ServiceMetrics } from '#libs/metrics';
import { runInContext } from '#libs/tenancy';
import { aContext, aTenant } from '#libs/tenancy/testing';
import { AppMetrics } from './app-metrics.js';

describe(AppMetrics.name, () => {
  let metrics: ServiceMetrics;
  let counts: AppMetrics;
  const clock = new FixedClock(Date.UTC(2026, 0, 1, 9));

  beforeEach(() => {
    metrics = new ServiceMetrics('auth');
    counts = new AppMetrics(metrics, clock);
  });

  const of = (id: string, work: () => void) => {
    runInContext(aContext({ tenant: aTenant({ id }) }), work);
  };
  const lines = async () =>
    (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('auth_app_'));

  it('counts what each academy’s apps were given and refused, by reason', async () => {
    const id = newId();
    of(id, () => {
      counts.issued('authorization_code');
      counts.issued('authorization_code');
      counts.refused('invalid_grant');
    });
    expect(await lines()).toEqual([
      `auth_app_tokens_total{tenant_id="${id}",grant="authorization_code"} 2`,
      `auth_app_refusals_total{tenant_id="${id}",reason="invalid_grant"} 1`,
    ]);
  });

  it('names a hundred academies and no text of strangers', async () => {
    for (let each = 0; each < 150; each += 1) {
      of(newId(), () => {
        counts.refused('x"} 1\nforged');
      });
    }
    const found = await lines();
    expect(found).toHaveLength(101);
    expect(found).toContain('auth_app_refusals_total{tenant_id="other",reason="other"} 50');
  });

  it('gives a name to who is busy now, and drops the numbers of who is not', async () => {
    const quiet = Array.from({ length: 100 }, () => newId());
    for (const id of quiet) {
      of(id, () => {
        counts.issued('refresh_token');
      });
    }
    const busy = newId();
    const work = () => {
      of(busy, () => {
        for (let each = 0; each < 10; each += 1) counts.issued('refresh_token');
      });
    };
    work();
    expect((await lines()).join('\n')).not.toContain(busy);
    clock.advance(61_000);
    work();
    const found = await lines();
    expect(found).toContain(`auth_app_tokens_total{tenant_id="${busy}",grant="refresh_token"} 10`);
    expect(found).toHaveLength(101);
  });
});
