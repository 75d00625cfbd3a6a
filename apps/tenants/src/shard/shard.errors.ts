import { DomainError } from '#libs/kernel';

export class ShardUnreachable extends DomainError {
  constructor(name: string, reason: string, cause?: unknown) {
    super('unavailable', 'shard.unreachable', `The shard "${name}" cannot be used: ${reason}`, {
      retryAfterSeconds: 5,
      cause,
    });
  }
}

export class ShardNotMigrated extends DomainError {
  constructor(name: string) {
    super(
      'conflict',
      'shard.not_migrated',
      `The database of "${name}" has no Harka schema. Add it to HARKA_SHARDS and run \`harka migrate\` first.`,
    );
  }
}

export class ShardTaken extends DomainError {
  constructor(name: string) {
    super(
      'conflict',
      'shard.taken',
      `A shard "${name}", or one with this database, is registered already with other values.`,
    );
  }
}
