import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '#libs/database';
import { Not } from 'typeorm';
import { PgDirectory } from '../directory/directory.pg-repository.js';
import { TenantEntity } from './tenant.entity.js';
import { SlugTaken, TenantUnknown } from './tenant.errors.js';
import { TenantRepository } from './tenant.repository.js';
import type { Tenant } from './tenant.js';

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const STALE = `
  SELECT id FROM directory.tenants
   WHERE status IN ('active', 'suspended') AND (counted_at IS NULL OR counted_at < $1)
   ORDER BY counted_at NULLS FIRST LIMIT $2`;

@Injectable()
export class PgTenantRepository extends TenantRepository {
  constructor(private readonly directory: PgDirectory) {
    super();
  }

  async find(handle: string): Promise<Tenant | null> {
    return this.entities.findOneBy(named(handle));
  }

  async lock(handle: string): Promise<Tenant> {
    // Weak enough for rows that refer to the tenant: whoever adds one holds the number lock that this transaction will want.
    const tenant = await this.entities.findOne({ where: named(handle), lock: { mode: 'for_no_key_update' } });
    if (tenant === null) throw new TenantUnknown();
    return tenant;
  }

  async insert(tenant: Tenant): Promise<void> {
    try {
      await this.entities.insert({ ...tenant });
    } catch (error) {
      if (isUniqueViolation(error)) throw new SlugTaken(tenant.slug);
      throw error;
    }
  }

  async save({ id, name, plan, status, branding, settings, updatedAt, version }: Tenant): Promise<void> {
    await this.entities.update({ id }, { name, plan, status, branding, settings, updatedAt, version });
  }

  async saveSize(id: string, size: number, countedAt: Date): Promise<void> {
    await this.directory.query('UPDATE directory.tenants SET size = $2, counted_at = $3 WHERE id = $1', [
      id,
      size,
      countedAt,
    ]);
  }

  async countedBefore(before: Date, limit: number): Promise<string[]> {
    const rows = await this.directory.query<{ id: string }>(STALE, [before, limit]);
    return rows.map(({ id }) => id);
  }

  private get entities() {
    return this.directory.repository(TenantEntity);
  }
}

function named(handle: string) {
  const status = Not('deleted' as const);
  return ID.test(handle) ? { id: handle, status } : { slug: handle, status };
}
