import { Injectable } from '@nestjs/common';
import type { NewShard, Shard } from '#libs/contracts/tenants';
import { withoutLogin } from '#libs/database';
import { PgDirectory } from '../directory/directory.pg-repository.js';
import { ShardTaken } from './shard.errors.js';
import { ShardRepository } from './shard.repository.js';

const LIST = `
  SELECT s.name, s.tier, s.url, s.state, count(p.tenant_id)::int AS tenants,
         coalesce(sum(t.size), 0)::int AS users
    FROM directory.shards s LEFT JOIN directory.placements p ON p.shard_name = s.name
    LEFT JOIN directory.tenants t ON t.id = p.tenant_id
   GROUP BY s.name ORDER BY s.name`;
const REGISTER = `
  INSERT INTO directory.shards (name, tier, url)
  SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM directory.shards WHERE url = $3)
  ON CONFLICT (name) DO NOTHING`;

@Injectable()
export class PgShardRepository extends ShardRepository {
  constructor(private readonly directory: PgDirectory) {
    super();
  }

  async list(): Promise<Shard[]> {
    return this.directory.query<Shard>(LIST);
  }

  async register({ name, tier, url }: NewShard): Promise<Shard> {
    const bare = withoutLogin(url);
    await this.directory.query(REGISTER, [name, tier, bare]);
    const shard = (await this.list()).find((candidate) => candidate.name === name);
    if (shard?.tier !== tier || shard.url !== bare) throw new ShardTaken(name);
    return shard;
  }
}
