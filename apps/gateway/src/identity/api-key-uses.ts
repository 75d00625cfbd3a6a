/** When each key was last used, until it is reported: one report a tenant and a while, however often a key is used. */
export class ApiKeyUses {
  private uses = new Map<string, Map<string, Date>>();

  constructor(private readonly report: (tenantId: string, uses: readonly ApiKeyUse[]) => Promise<void>) {}

  note(tenantId: string, prefix: string, at: Date): void {
    const known = this.uses.get(tenantId);
    if (known !== undefined) known.set(prefix, at);
    else this.uses.set(tenantId, new Map([[prefix, at]]));
  }

  /** A report that fails is dropped: the next use brings a newer one. */
  async flush(): Promise<void> {
    const uses = this.uses;
    this.uses = new Map();
    const reports = [...uses].map(async ([tenantId, keys]) => {
      const list = [...keys]
        .slice(0, MOST)
        .map(([prefix, lastUsedAt]) => ({ prefix, lastUsedAt: lastUsedAt.toISOString() }));
      return this.report(tenantId, list);
    });
    await Promise.allSettled(reports);
  }
}

export interface ApiKeyUse {
  readonly prefix: string;
  readonly lastUsedAt: string;
}

/** In one report, by its contract. */
const MOST = 500;
