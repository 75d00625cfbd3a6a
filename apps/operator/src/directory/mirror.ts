import type { OperatorTenant } from '#libs/contracts/tenants';
import type { Directory } from './directory.js';

/** What the directory said last of every academy. */
export class Mirror {
  private known = new Map<string, OperatorTenant>();
  /** Written while a reading was under way: the reading may be older than that. */
  private readonly fresh = new Map<string, OperatorTenant>();
  private readAt: number | null = null;

  constructor(
    private readonly directory: Directory,
    private readonly onChange: (slug: string) => void,
  ) {}

  get(slug: string): OperatorTenant | undefined {
    return this.known.get(slug);
  }

  slugs(): string[] {
    return [...this.known.keys()];
  }

  /** Seconds since the directory was read; null before the first time. */
  get age(): number | null {
    return this.readAt === null ? null : (performance.now() - this.readAt) / 1000;
  }

  /** What was just answered is newer than any reading. */
  put(academy: OperatorTenant): void {
    this.known.set(academy.slug, academy);
    this.fresh.set(academy.slug, academy);
  }

  async read(): Promise<void> {
    this.fresh.clear();
    const before = this.known;
    const read = await this.directory.list();
    const now = new Map([...read.map((academy) => [academy.slug, academy] as const), ...this.fresh]);
    this.known = now;
    this.readAt = performance.now();
    for (const [slug, academy] of now) {
      const old = before.get(slug);
      if (old === undefined || digest(old) !== digest(academy)) this.onChange(slug);
    }
    for (const slug of before.keys()) if (!now.has(slug)) this.onChange(slug);
  }
}

/** What an object shows of an academy. */
function digest({ id, name, plan, status, tier, shard, host, updatedAt }: OperatorTenant): string {
  return JSON.stringify([id, name, plan, status, tier, shard, host, updatedAt]);
}
