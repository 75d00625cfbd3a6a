import type { KubeConfig } from '@kubernetes/client-node';
import { createLogger } from '#libs/metrics';
import { HttpDirectory } from './directory/directory.http-client.js';
import { Mirror } from './directory/mirror.js';
import { KubeClient } from './kube/kube-client.js';
import { isStatus } from './kube/kube-error.js';
import { Leadership } from './kube/leadership.js';
import type { OperatorConfig } from './operator.config.js';
import { OperatorMetrics } from './operator.metrics.js';
import { WorkQueue } from './queue/work-queue.js';
import { KubeTenantObjects } from './tenant/kube-tenant-objects.js';
import { ReconcileTenant } from './tenant/reconcile-tenant.use-case.js';

const LEASE = 'harka-operator';
const CONCURRENCY = 16;
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 60_000;
/** A directory that was not read for so many rounds makes the operator unready. */
const MISSED_ROUNDS = 6;

export class Operator {
  private readonly logger;
  private readonly client: KubeClient;
  private readonly directory: HttpDirectory;
  private readonly mirror: Mirror;
  private readonly objects: KubeTenantObjects;
  private readonly queue: WorkQueue;
  private readonly leadership: Leadership;
  private readonly timers: NodeJS.Timeout[] = [];
  private reading: Promise<void> | undefined;
  readonly metrics: OperatorMetrics;

  constructor(
    private readonly config: OperatorConfig,
    kubeConfig: KubeConfig,
  ) {
    this.logger = createLogger({ service: 'operator', level: config.HARKA_LOG_LEVEL });
    this.client = new KubeClient(kubeConfig);
    this.directory = new HttpDirectory(config);
    const enqueue = (slug: string) => {
      this.queue.add(slug);
    };
    this.mirror = new Mirror(this.directory, enqueue);
    this.objects = new KubeTenantObjects(this.client, {
      silence: config.HARKA_OPERATOR_SILENCE * 1000,
      onChange: enqueue,
      onRestart: (kind, reason, err) => {
        this.metrics.restarts.inc({ kind, reason });
        if (err !== undefined) this.logger.warn({ err, kind, reason }, 'a watch is opened anew');
      },
      onTrouble: (err) => {
        this.logger.warn({ err }, 'an Event was not written');
      },
    });
    const reconcile = new ReconcileTenant(this.objects, this.directory, this.mirror);
    this.queue = new WorkQueue(async (slug) => this.timed(async () => reconcile.execute(slug)), {
      concurrency: CONCURRENCY,
      firstPause: FIRST_PAUSE,
      longestPause: LONGEST_PAUSE,
      onFailure: (tenant, err, pause) => {
        // Somebody was quicker: the next look sees what they did.
        const isRace = isStatus(err, 409);
        this.metrics.reconciled.inc({ result: isRace ? 'raced' : 'failed' });
        if (!isRace) this.logger.warn({ err, tenant, pause: Math.round(pause) }, 'a Tenant is tried again');
      },
    });
    this.metrics = new OperatorMetrics({
      depth: () => this.queue.depth,
      tenants: () => this.objects.slugs().length,
      directoryAge: () => this.mirror.age,
    });
    this.leadership = new Leadership(this.client, {
      name: LEASE,
      namespace: config.HARKA_OPERATOR_NAMESPACE,
      identity: config.HARKA_OPERATOR_IDENTITY,
      seconds: config.HARKA_OPERATOR_LEASE,
      onTrouble: (err) => {
        this.logger.warn({ err }, 'the Lease was not reached');
      },
    });
  }

  /** What is missing for it to be ready; one that waits for the Lease is. */
  missing(): string[] {
    if (!this.leadership.isLeader) return [];
    const { age } = this.mirror;
    const isRead = age !== null && age < MISSED_ROUNDS * this.config.HARKA_OPERATOR_POLL;
    return isRead ? [] : ['directory'];
  }

  /** Works from when it holds the Lease until it loses it or is asked to stop. */
  async run(): Promise<'lost' | 'stopped'> {
    if (!(await this.leadership.acquire())) return 'stopped';
    this.metrics.leader.set(1);
    this.logger.info({ lease: LEASE }, 'holds the Lease');
    const held = this.leadership.hold();
    // Objects first: an academy whose object is there needs none.
    await this.persist(async () => this.objects.start(), 'the cluster');
    await this.persist(async () => this.read(), 'the directory');
    this.every(this.config.HARKA_OPERATOR_POLL, () => {
      this.reading ??= this.read()
        .catch((err: unknown) => {
          this.logger.warn({ err }, 'the directory was not read');
        })
        .finally(() => {
          this.reading = undefined;
        });
    });
    this.every(this.config.HARKA_OPERATOR_RESYNC, () => {
      for (const slug of new Set([...this.objects.slugs(), ...this.mirror.slugs()])) this.queue.add(slug);
    });
    return held;
  }

  async stop(): Promise<void> {
    this.timers.forEach(clearInterval);
    await this.queue.stop();
    await this.leadership.release();
    await this.objects.stop();
    await this.reading;
    await this.directory.close();
    await this.client.close();
  }

  private async read(): Promise<void> {
    await this.mirror.read();
  }

  /** What an operator cannot begin without is tried until it is there; the Lease is renewed meanwhile. */
  private async persist(work: () => Promise<void>, what: string): Promise<void> {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE / 10, pause * 2)) {
      try {
        await work();
        return;
      } catch (err) {
        if (!this.leadership.isLeader) return;
        this.logger.warn({ err }, `${what} is not there yet`);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  private async timed(work: () => Promise<void>): Promise<void> {
    const end = this.metrics.seconds.startTimer();
    try {
      await work();
      this.metrics.reconciled.inc({ result: 'done' });
    } finally {
      end();
    }
  }

  private every(seconds: number, work: () => void): void {
    this.timers.push(setInterval(work, seconds * 1000));
  }
}
