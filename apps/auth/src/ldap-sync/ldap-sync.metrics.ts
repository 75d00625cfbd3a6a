import { Injectable } from '@nestjs/common';
import type { LdapSyncCounts } from '#libs/contracts/auth';
import { ServiceMetrics } from '#libs/metrics';
import type { LdapSync } from './ldap-sync.js';

const changes = ['created', 'updated', 'reactivated', 'deactivated', 'skipped', 'failed'] as const;

/** How runs end, how long they take, and how many people they concern. */
@Injectable()
export class LdapSyncMetrics {
  private readonly seconds;
  private readonly people;

  constructor(metrics: ServiceMetrics) {
    this.seconds = metrics.histogram({
      name: 'ldap_sync_seconds',
      help: 'Time that taking people of a directory over takes',
      labels: ['kind', 'state'],
      buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800],
    });
    this.people = metrics.counter({
      name: 'ldap_sync_people_total',
      help: 'People whom runs changed, or could not',
      labels: ['change'],
    });
  }

  ended(kind: LdapSync['kind'], state: LdapSync['state'], seconds: number, counts: LdapSyncCounts): void {
    this.seconds.observe({ kind, state }, seconds);
    if (kind === 'preview') return;
    for (const change of changes) this.people.inc({ change }, counts[change]);
  }
}
