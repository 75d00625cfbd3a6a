import { Injectable } from '@nestjs/common';
import { ServiceMetrics } from '#libs/metrics';

type Step = 'search' | 'bind';

/** How long directories take, and how often they cannot be asked. */
@Injectable()
export class LdapMetrics {
  private readonly seconds;
  private readonly refusals;

  constructor(metrics: ServiceMetrics) {
    this.seconds = metrics.histogram({
      name: 'ldap_step_seconds',
      help: 'Time that a step of a sign-in at a directory takes, connections included',
      labels: ['step'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
    this.refusals = metrics.counter({
      name: 'ldap_refusals_total',
      help: 'Sign-ins at a directory that did not succeed',
      labels: ['reason'],
    });
  }

  async timed<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const end = this.seconds.startTimer({ step });
    try {
      return await work();
    } finally {
      end();
    }
  }

  refused(reason: string): void {
    this.refusals.inc({ reason });
  }
}
