import type { ServiceName } from '#libs/contracts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface MetricSpec<Label extends string> {
  /** Without the service: `relay_published_total` becomes `insights_relay_published_total`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

export interface GaugeSpec<Label extends string> extends MetricSpec<Label> {
  /** Called at each scrape, to set the gauge then and not before. */
  readonly collect?: (gauge: Gauge<Label>) => void | Promise<void>;
}

export interface HistogramSpec<Label extends string> extends MetricSpec<Label> {
  readonly buckets: readonly number[];
}

/** A request that was answered; `route` is the template, never the path, and no tenant is named. */
export interface ObservedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/**
 * The metrics of one service, in a registry of its own: services that share a process share no registry, and every
 * name starts with the service, so that all of them together are still one valid exposition.
 */
export class ServiceMetrics {
  readonly registry = new Registry();
  private readonly requests: Histogram<'method' | 'route' | 'status'>;

  constructor(readonly service: ServiceName) {
    this.requests = this.histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the request to the last byte of the answer',
      labels: ['method', 'route', 'status'],
      buckets: REQUEST_SECONDS,
    });
  }

  observeRequest({ method, route, status, seconds }: ObservedRequest): void {
    this.requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds);
  }

  counter<Label extends string = never>({ name, help, labels = [] }: MetricSpec<Label>): Counter<Label> {
    return new Counter({
      name: `${this.service}_${name}`,
      help,
      labelNames: [...labels],
      registers: [this.registry],
    });
  }

  gauge<Label extends string = never>({ name, help, labels = [], collect }: GaugeSpec<Label>): Gauge<Label> {
    return this.platformGauge({ name: `${this.service}_${name}`, help, labels, ...(collect && { collect }) });
  }

  /** A gauge whose whole name is given: only for names that the platform promises, each owned by one service. */
  platformGauge<Label extends string = never>(spec: GaugeSpec<Label>): Gauge<Label> {
    const { name, help, labels = [], collect } = spec;
    return new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      ...(collect && {
        collect(this: Gauge<Label>) {
          return collect(this);
        },
      }),
    });
  }

  histogram<Label extends string = never>(spec: HistogramSpec<Label>): Histogram<Label> {
    const { name, help, labels = [], buckets } = spec;
    return new Histogram({
      name: `${this.service}_${name}`,
      help,
      labelNames: [...labels],
      buckets: [...buckets],
      registers: [this.registry],
    });
  }
}

/** Node's own metrics (memory, event loop, garbage collection): once for each process, whatever runs in it. */
export function processMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** One exposition (Prometheus text format 0.0.4) of several registries. */
export async function exposition(registries: readonly Registry[]): Promise<string> {
  const parts = await Promise.all(registries.map((registry) => registry.metrics()));
  return parts.join('\n');
}
