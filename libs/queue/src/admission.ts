import type { Job, Queue } from 'bull';
import type { JobOptions } from './tenant-queue.js';

/** Room of each class of priority: far more places than jobs that will ever be queued. */
const CLASS_SIZE = 1e13;
const classes = { high: 0, normal: 1, low: 2 } as const;
const DAY_SECONDS = 24 * 3600;

/**
 * KEYS: the tenant's jobs, the tenant's last place, the place that is served now. ARGV: job, limit, a day.
 * A tenant's next place is after its own last one, and after the one served now: nobody saves up turns.
 */
const ENTER = `
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return -1 end
if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then return -2 end
redis.call('SADD', KEYS[1], ARGV[1])
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local served = tonumber(redis.call('GET', KEYS[3]) or '0')
local place = math.max(last, served) + 1
redis.call('SET', KEYS[2], string.format('%.0f', place), 'EX', ARGV[3])
return place`;

/** KEYS: the place that is served now. ARGV: that of the job which starts. It only grows. */
const STARTED = `
if tonumber(ARGV[1]) > tonumber(redis.call('GET', KEYS[1]) or '0') then redis.call('SET', KEYS[1], ARGV[1]) end
return 1`;

type Entry = { readonly kind: 'admitted'; readonly place: number } | { readonly kind: 'known' | 'full' };

/** Who may queue, and where: a bound for each tenant, and places by which tenants take turns. */
export class Admission {
  constructor(private readonly queue: Queue) {}

  async enter(
    tenantId: string,
    jobId: string,
    limit: number,
    priority: NonNullable<JobOptions['priority']>,
  ): Promise<Entry> {
    const answer = await this.ask(tenantId, jobId, limit, priority);
    // Both refusals may rest on jobs that are no more (a process died between two steps): then they are not counted.
    if (answer === -1 && (await this.exists(jobId))) return { kind: 'known' };
    if (answer === -1) await this.over(tenantId, jobId);
    if (answer === -2 && (await this.prune(tenantId)) === 0) return { kind: 'full' };
    const place = answer > 0 ? answer : await this.ask(tenantId, jobId, limit, priority);
    if (place > 0) return { kind: 'admitted', place: classes[priority] * CLASS_SIZE + place };
    return { kind: place === -1 ? 'known' : 'full' };
  }

  /** The turn has come to the place of this job. */
  async started({ opts: { priority = 0 } }: Job): Promise<void> {
    const served = `served:${Math.floor(priority / CLASS_SIZE)}`;
    await this.queue.client.eval(STARTED, 1, this.key(served), priority % CLASS_SIZE);
  }

  async over(tenantId: string, jobId: string): Promise<void> {
    await this.queue.client.srem(this.jobsOf(tenantId), jobId);
  }

  private async ask(
    tenantId: string,
    jobId: string,
    limit: number,
    priority: NonNullable<JobOptions['priority']>,
  ): Promise<number> {
    const last = this.key(`last:${classes[priority]}:${tenantId}`);
    const served = this.key(`served:${classes[priority]}`);
    return Number(
      await this.queue.client.eval(ENTER, 3, this.jobsOf(tenantId), last, served, jobId, limit, DAY_SECONDS),
    );
  }

  /** How many jobs were counted that are no more. */
  private async prune(tenantId: string): Promise<number> {
    let pruned = 0;
    for (const jobId of await this.queue.client.smembers(this.jobsOf(tenantId))) {
      if (await this.exists(jobId)) continue;
      await this.over(tenantId, jobId);
      pruned += 1;
    }
    return pruned;
  }

  private async exists(jobId: string): Promise<boolean> {
    const job: Job | null = await this.queue.getJob(jobId);
    return job !== null && !(await job.isFailed());
  }

  private jobsOf(tenantId: string): string {
    return this.key(`jobs:${tenantId}`);
  }

  private key(name: string): string {
    return this.queue.toKey(`tenant:${name}`);
  }
}
