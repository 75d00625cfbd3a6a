import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '#libs/contracts';
import { LessThan, Not } from 'typeorm';
import { z } from 'zod';
import { PgDirectory } from '../directory/directory.pg-repository.js';
import type { BundleFiles } from './bundle/bundle.js';
import { OnboardingEntity } from './onboarding.entity.js';
import { LeaseLost } from './onboarding.errors.js';
import { OnboardingRepository } from './onboarding.repository.js';
import type { Onboarding } from './onboarding.js';

const INSERT = `
  INSERT INTO directory.onboardings
    (id, slug, bundle_digest, tenant_id, requested_by, state, step, progress, results, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
  ON CONFLICT (slug, bundle_digest) DO NOTHING RETURNING id`;
const INSERT_FILE = `
  INSERT INTO directory.onboarding_files (onboarding_id, path, bytes) VALUES ($1, $2, $3)
  ON CONFLICT (onboarding_id, path) DO NOTHING`;
const FILES = 'SELECT path, bytes FROM directory.onboarding_files WHERE onboarding_id = $1 ORDER BY path';
const FORGET_FILES = `
  DELETE FROM directory.onboarding_files
   WHERE onboarding_id IN (SELECT id FROM directory.onboardings WHERE slug = $1 AND state <> 'running')`;
// SKIP LOCKED: of two replicas that look at once, each gets another one, or nothing.
const CLAIM = `
  UPDATE directory.onboardings SET lease_owner = $1, lease_until = $3
   WHERE id = (SELECT id FROM directory.onboardings
                WHERE state = 'running' AND (lease_until IS NULL OR lease_until <= $2)
                ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id`;
const place = z.strictObject({ id: z.uuid() });

@Injectable()
export class PgOnboardingRepository extends OnboardingRepository {
  constructor(private readonly directory: PgDirectory) {
    super();
  }

  async find(id: string): Promise<Onboarding | null> {
    return toOnboarding(await this.entities.findOneBy({ id }));
  }

  async ofBundle(slug: string, bundleDigest: string): Promise<Onboarding | null> {
    return toOnboarding(await this.entities.findOneBy({ slug, bundleDigest }));
  }

  async unfinished(slug: string): Promise<Onboarding | null> {
    const where = { slug, state: Not('done' as const) };
    return toOnboarding(await this.entities.findOne({ where, order: { createdAt: 'DESC' } }));
  }

  async list({ limit, cursor }: { limit: number; cursor?: string }): Promise<Page<Onboarding>> {
    const where = cursor === undefined ? {} : { id: LessThan(decodeCursor(cursor, place).id) };
    // The ids are of version 7, so their order is that of time.
    const rows = await this.entities.find({ where, order: { id: 'DESC' }, take: limit + 1 });
    const items = rows.slice(0, limit).flatMap((row) => toOnboarding(row) ?? []);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { items, nextCursor: more ? encodeCursor({ id: last.id }) : null };
  }

  async insert(onboarding: Onboarding, files: BundleFiles): Promise<boolean> {
    const { id, slug, bundleDigest, tenantId, state, step, createdAt } = onboarding;
    const json = [onboarding.progress, onboarding.results].map((value) => JSON.stringify(value));
    return this.directory.run(async () => {
      const asker = JSON.stringify(onboarding.requestedBy);
      const values = [id, slug, bundleDigest, tenantId, asker, state, step, ...json, createdAt];
      const inserted = await this.directory.query(INSERT, values);
      if (inserted.length === 0) return false;
      await this.keepFiles(id, files);
      return true;
    });
  }

  async restart(id: string, files: BundleFiles, now: Date): Promise<void> {
    await this.directory.run(async () => {
      await this.entities.update(
        { id, state: 'failed' },
        { state: 'running', failure: null, attempts: 0, leaseOwner: null, leaseUntil: null, updatedAt: now },
      );
      await this.keepFiles(id, files);
    });
  }

  async files(id: string): Promise<BundleFiles> {
    const rows = await this.directory.query<{ path: string; bytes: Buffer }>(FILES, [id]);
    return new Map(rows.map(({ path, bytes }) => [path, bytes]));
  }

  async claim(owner: string, { now, until }: { now: Date; until: Date }): Promise<Onboarding | null> {
    const [claimed] = await this.directory.change<{ id: string }>(CLAIM, [owner, now, until]);
    return claimed === undefined ? null : this.find(claimed.id);
  }

  async renew(id: string, owner: string, until: Date): Promise<void> {
    await this.asOwner(id, owner, { leaseUntil: until });
  }

  async save(onboarding: Onboarding, owner: string): Promise<void> {
    const { state, step, progress, results, failure, attempts, updatedAt, finishedAt } = onboarding;
    const verification = stored(onboarding);
    const columns = {
      state,
      step,
      progress,
      results,
      verification,
      failure,
      attempts,
      updatedAt,
      finishedAt,
    };
    await this.asOwner(onboarding.id, owner, columns);
  }

  async release(id: string, owner: string, until: Date): Promise<void> {
    await this.entities.update({ id, leaseOwner: owner }, { leaseOwner: null, leaseUntil: until });
  }

  async saveVerification(onboarding: Onboarding): Promise<void> {
    await this.entities.update({ id: onboarding.id }, { verification: stored(onboarding) });
  }

  async forgetFiles(slug: string): Promise<void> {
    await this.directory.query(FORGET_FILES, [slug]);
  }

  private async keepFiles(id: string, files: BundleFiles): Promise<void> {
    for (const [path, bytes] of files) await this.directory.query(INSERT_FILE, [id, path, bytes]);
  }

  private async asOwner(id: string, owner: string, columns: Partial<OnboardingEntity>): Promise<void> {
    const { affected } = await this.entities.update({ id, leaseOwner: owner, state: 'running' }, columns);
    if (affected !== 1) throw new LeaseLost(`Onboarding ${id} is worked on by another process.`);
  }

  private get entities() {
    return this.directory.repository(OnboardingEntity);
  }
}

function stored({ verification }: Onboarding): OnboardingEntity['verification'] {
  return verification && { ...verification, checkedAt: verification.checkedAt.toISOString() };
}

function toOnboarding(row: OnboardingEntity | null): Onboarding | null {
  if (row === null) return null;
  const { id, slug, bundleDigest, tenantId, requestedBy, state, step, progress, results } = row;
  const { failure, attempts, createdAt, updatedAt, finishedAt } = row;
  const read = row.verification;
  const verification = read && { ...read, checkedAt: new Date(read.checkedAt) };
  const beginning = { id, slug, bundleDigest, tenantId, requestedBy, createdAt };
  const work = { state, step, progress, results, verification, failure, attempts, updatedAt, finishedAt };
  return { ...beginning, ...work };
}
