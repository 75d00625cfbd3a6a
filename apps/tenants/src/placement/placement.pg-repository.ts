import { Injectable } from '@nestjs/common';
import type { Tier } from '#libs/contracts';
import { placeTenant, tierOf } from '#libs/sharding';
import { PgDirectory } from '../directory/directory.pg-repository.js';
import { NoDedicatedShard, NoOpenShard } from './placement.errors.js';
import { PlacementRepository, type ChosenShard } from './placement.repository.js';
import type { Placement } from './placement.js';

const OPEN_SHARDS = `SELECT name, tier, url, state FROM directory.shards WHERE tier = $1 AND state = 'open'`;

// The locks make two tenants that want a database of their own take turns; the second statement then sees what the first took.
const LOCK_DEDICATED = `SELECT name FROM directory.shards WHERE tier = 'dedicated' ORDER BY name FOR NO KEY UPDATE`;
const FREE_DEDICATED = `
  SELECT name, tier, url FROM directory.shards s
   WHERE tier = 'dedicated' AND state = 'open'
     AND NOT EXISTS (SELECT FROM directory.placements p WHERE p.shard_name = s.name)
   ORDER BY name LIMIT 1`;

const PLACE = `
  INSERT INTO directory.placements (tenant_id, shard_name, epoch, state, exclusive)
  VALUES ($1, $2, 1, 'active', $3)`;
const PLACEMENT = `
  SELECT p.tenant_id AS "tenantId", p.shard_name AS shard, s.tier, s.url, p.epoch::int AS epoch
    FROM directory.placements p JOIN directory.shards s ON s.name = p.shard_name
   WHERE p.tenant_id = $1`;

@Injectable()
export class PgPlacementRepository extends PlacementRepository {
  constructor(private readonly directory: PgDirectory) {
    super();
  }

  async of(tenantId: string): Promise<Placement | null> {
    const [placement] = await this.directory.query<Placement>(PLACEMENT, [tenantId]);
    return placement ?? null;
  }

  async choose(tenantId: string, expectedUsers: number): Promise<ChosenShard> {
    const tier = tierOf(expectedUsers);
    return tier === 'dedicated' ? this.freeDedicated(expectedUsers) : this.pooled(tenantId, tier);
  }

  async place(tenantId: string, shard: ChosenShard): Promise<Placement> {
    await this.directory.query(PLACE, [tenantId, shard.name, shard.tier === 'dedicated']);
    return { tenantId, shard: shard.name, tier: shard.tier, url: shard.url, epoch: 1 };
  }

  private async pooled(tenantId: string, tier: Tier): Promise<ChosenShard> {
    const open = await this.directory.query<ChosenShard & { state: string }>(OPEN_SHARDS, [tier]);
    const name = placeTenant(tenantId, tier, open);
    const shard = open.find((candidate) => candidate.name === name);
    if (shard === undefined) throw new NoOpenShard(tier);
    return shard;
  }

  private async freeDedicated(users: number): Promise<ChosenShard> {
    await this.directory.query(LOCK_DEDICATED);
    const [shard] = await this.directory.query<ChosenShard>(FREE_DEDICATED);
    if (shard === undefined) throw new NoDedicatedShard(users);
    return shard;
  }
}
