import type { Page } from '#libs/contracts';
import type { BundleFiles } from './bundle/bundle.js';
import { LeaseLost } from './onboarding.errors.js';
import { OnboardingRepository } from './onboarding.repository.js';
import type { Onboarding } from './onboarding.js';

interface Row {
  onboarding: Onboarding;
  owner: string | null;
  until: Date | null;
  files: BundleFiles;
}

export class FakeOnboardingRepository extends OnboardingRepository {
  private readonly rows = new Map<string, Row>();

  async find(id: string): Promise<Onboarding | null> {
    return this.rows.get(id)?.onboarding ?? null;
  }

  async ofBundle(slug: string, digest: string): Promise<Onboarding | null> {
    return this.all().find((one) => one.slug === slug && one.bundleDigest === digest) ?? null;
  }

  async unfinished(slug: string): Promise<Onboarding | null> {
    return this.all().find((one) => one.slug === slug && one.state !== 'done') ?? null;
  }

  async list(): Promise<Page<Onboarding>> {
    return { items: this.all(), nextCursor: null };
  }

  async insert(onboarding: Onboarding, files: BundleFiles): Promise<boolean> {
    if ((await this.ofBundle(onboarding.slug, onboarding.bundleDigest)) !== null) return false;
    this.rows.set(onboarding.id, { onboarding, owner: null, until: null, files });
    return true;
  }

  async restart(id: string, files: BundleFiles, now: Date): Promise<void> {
    const row = this.row(id);
    const restarted = { state: 'running', failure: null, attempts: 0, updatedAt: now } as const;
    this.rows.set(id, { owner: null, until: null, files, onboarding: { ...row.onboarding, ...restarted } });
  }

  async files(id: string): Promise<BundleFiles> {
    return this.row(id).files;
  }

  async claim(owner: string, { now, until }: { now: Date; until: Date }): Promise<Onboarding | null> {
    const free = [...this.rows.values()].find(
      (row) => row.onboarding.state === 'running' && (row.until === null || row.until <= now),
    );
    if (free === undefined) return null;
    Object.assign(free, { owner, until });
    return free.onboarding;
  }

  async renew(id: string, owner: string, until: Date): Promise<void> {
    this.owned(id, owner).until = until;
  }

  async save(onboarding: Onboarding, owner: string): Promise<void> {
    this.owned(onboarding.id, owner).onboarding = onboarding;
  }

  async release(id: string, owner: string, until: Date): Promise<void> {
    const row = this.row(id);
    if (row.owner === owner) Object.assign(row, { owner: null, until });
  }

  async saveVerification(onboarding: Onboarding): Promise<void> {
    this.row(onboarding.id).onboarding = onboarding;
  }

  async forgetFiles(slug: string): Promise<void> {
    for (const row of this.rows.values()) if (row.onboarding.slug === slug) row.files = new Map();
  }

  private all(): Onboarding[] {
    return [...this.rows.values()].map(({ onboarding }) => onboarding);
  }

  private row(id: string): Row {
    const row = this.rows.get(id);
    if (row === undefined) throw new Error(`There is no onboarding ${id}.`);
    return row;
  }

  private owned(id: string, owner: string): Row {
    const row = this.row(id);
    if (row.owner !== owner) throw new LeaseLost();
    return row;
  }
}
