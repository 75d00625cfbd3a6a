import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { OTHER, ServiceMetrics, TenantLabels } from '#libs/metrics';
import { currentTenant } from '#libs/tenancy';
import type { Counter } from 'prom-client';

/** Words that reasons and grants are named by: the protocol's codes, and ours. */
const CODE = /^[a-z_]{1,40}$/;
const TURN_MS = 60_000;

/** What apps were given and what they were refused, by academy: at most a hundred of them are named. */
@Injectable()
export class AppMetrics {
  private readonly labels = new TenantLabels();
  private readonly given: Counter<'tenant_id' | 'grant'>;
  private readonly refusals: Counter<'tenant_id' | 'reason'>;
  private readonly series = new Map<string, Map<string, () => void>>();
  private turnedAt = 0;

  constructor(
    metrics: ServiceMetrics,
    private readonly clock: Clock,
  ) {
    this.given = metrics.counter({
      name: 'app_tokens_total',
      help: 'Answers with tokens to apps, by what they were given for; academies beyond the busiest are other',
      labels: ['tenant_id', 'grant'],
    });
    this.refusals = metrics.counter({
      name: 'app_refusals_total',
      help: 'What apps asked for and did not get, by reason; academies beyond the busiest are other',
      labels: ['tenant_id', 'reason'],
    });
  }

  issued(grant: string): void {
    const labels = { tenant_id: this.tenant(), grant: coded(grant) };
    this.given.inc(labels);
    this.remember(labels.tenant_id, `given ${labels.grant}`, () => {
      this.given.remove(labels);
    });
  }

  refused(reason: string): void {
    const labels = { tenant_id: this.tenant(), reason: coded(reason) };
    this.refusals.inc(labels);
    this.remember(labels.tenant_id, `refused ${labels.reason}`, () => {
      this.refusals.remove(labels);
    });
  }

  private tenant(): string {
    const now = this.clock.now().getTime();
    if (now - this.turnedAt >= TURN_MS) {
      this.turnedAt = now;
      for (const tenantId of this.labels.turn()) this.forget(tenantId);
    }
    return this.labels.of(currentTenant().id);
  }

  private remember(tenantId: string, name: string, remove: () => void): void {
    const known = this.series.get(tenantId) ?? new Map<string, () => void>();
    known.set(name, remove);
    this.series.set(tenantId, known);
  }

  /** Its series go with its name: what is no longer counted does not stay on the page for ever. */
  private forget(tenantId: string): void {
    for (const remove of this.series.get(tenantId)?.values() ?? []) remove();
    this.series.delete(tenantId);
  }
}

const coded = (text: string): string => (CODE.test(text) ? text : OTHER);
