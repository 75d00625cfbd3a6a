import { Injectable } from '@nestjs/common';
import { WrappedKeyStore, type WrappedKey } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';

const LATEST = 'SELECT version, wrapped FROM auth.tenant_keys ORDER BY version DESC LIMIT 1';
const FIND = 'SELECT version, wrapped FROM auth.tenant_keys WHERE version = $1';
const ADD = `
  INSERT INTO auth.tenant_keys (tenant_id, version, wrapped) VALUES (app.current_tenant(), $1, $2)
  ON CONFLICT (tenant_id, version) DO NOTHING`;

/** Data keys of the current tenant, in its shard. Row-level security answers for the tenant. */
@Injectable()
export class PgWrappedKeyStore extends WrappedKeyStore {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async latest(tenantId: string): Promise<WrappedKey | null> {
    requireCurrent(tenantId);
    return (await this.database.query<WrappedKey>(LATEST))[0] ?? null;
  }

  async find(tenantId: string, version: number): Promise<WrappedKey | null> {
    requireCurrent(tenantId);
    return (await this.database.query<WrappedKey>(FIND, [version]))[0] ?? null;
  }

  async add(tenantId: string, { version, wrapped }: WrappedKey): Promise<WrappedKey> {
    requireCurrent(tenantId);
    await this.database.query(ADD, [version, wrapped]);
    const stored = await this.find(tenantId, version);
    if (stored === null) throw new Error('The data key that was just stored is not there.');
    return stored;
  }
}

function requireCurrent(tenantId: string): void {
  if (currentTenant().id !== tenantId) throw new Error('Keys are read within their tenant only.');
}
