import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the operator counts of itself. */
export class OperatorMetrics {
  readonly registry = new Registry();
  private readonly registers = [this.registry];
  readonly reconciled = new Counter({
    name: 'harka_operator_reconciles_total',
    help: 'Tenants looked at, by how it ended',
    labelNames: ['result'] as const,
    registers: this.registers,
  });
  readonly seconds = new Histogram({
    name: 'harka_operator_reconcile_seconds',
    help: 'How long a look at one Tenant took',
    buckets: BUCKETS,
    registers: this.registers,
  });
  readonly restarts = new Counter({
    name: 'harka_operator_watch_restarts_total',
    help: 'Watches opened anew, by kind and why',
    labelNames: ['kind', 'reason'] as const,
    registers: this.registers,
  });
  readonly leader = new Gauge({
    name: 'harka_operator_leader',
    help: '1 where this process holds the Lease',
    registers: this.registers,
  });

  constructor(sources: {
    readonly depth: () => number;
    readonly tenants: () => number;
    readonly directoryAge: () => number | null;
  }) {
    new Gauge({
      name: 'harka_operator_queue_depth',
      help: 'Tenants that wait to be looked at',
      registers: this.registers,
      collect() {
        this.set(sources.depth());
      },
    });
    new Gauge({
      name: 'harka_operator_tenants',
      help: 'Tenant objects in the cluster',
      registers: this.registers,
      collect() {
        this.set(sources.tenants());
      },
    });
    new Gauge({
      name: 'harka_operator_directory_age_seconds',
      help: 'Since the directory was read last; -1 before the first time',
      registers: this.registers,
      collect() {
        this.set(sources.directoryAge() ?? -1);
      },
    });
  }
}
