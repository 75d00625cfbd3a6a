import { Counter, Gauge, Registry } from 'prom-client';
import type { CertificateReport } from './certificates/certificate-keeper.js';

/** What the keeper of one edge counts. */
export class EdgeMetrics {
  readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly hosts = new Gauge({
    name: 'harka_edge_hosts',
    help: 'Hosts that the edge knows the academy of',
    registers: this.registers,
  });
  private readonly applied = new Counter({
    name: 'harka_edge_changes_total',
    help: 'Entries of maps and certificates that HAProxy was told of while it ran',
    labelNames: ['kind'],
    registers: this.registers,
  });
  private readonly drift = new Gauge({
    name: 'harka_edge_drift',
    help: 'Entries and certificates that HAProxy held other than believed when it was last asked for all; they were put right',
    registers: this.registers,
  });
  private readonly synced = new Gauge({
    name: 'harka_edge_last_sync_timestamp_seconds',
    help: 'When the edge was last as the directory has it',
    registers: this.registers,
  });
  private readonly failures = new Counter({
    name: 'harka_edge_sync_failures_total',
    help: 'Rounds that could not be done to the end',
    registers: this.registers,
  });
  private readonly certificates = new Gauge({
    name: 'harka_edge_certificates',
    help: 'Certificates of custom domains, by whether they are in use or at fault',
    labelNames: ['state'],
    registers: this.registers,
  });
  private readonly firstEnd = new Gauge({
    name: 'harka_edge_certificate_first_end_timestamp_seconds',
    help: 'When the first certificate of a custom domain runs out; 0 without one',
    registers: this.registers,
  });

  succeeded(hosts: number): void {
    this.hosts.set(hosts);
    this.synced.set(Date.now() / 1_000);
  }

  failed(): void {
    this.failures.inc();
  }

  changed(kind: 'map' | 'certificate', count: number): void {
    this.applied.inc({ kind }, count);
  }

  verified(drift: number): void {
    this.drift.set(drift);
  }

  read({ inUse, faults, firstEnd }: CertificateReport): void {
    this.certificates.set({ state: 'in_use' }, inUse);
    this.certificates.set({ state: 'at_fault' }, faults.size);
    this.firstEnd.set(firstEnd === null ? 0 : firstEnd.getTime() / 1_000);
  }
}
