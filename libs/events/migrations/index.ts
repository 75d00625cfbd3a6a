import { CreateEventLog1763700100000 } from './1763700100000-create-event-log.js';
import { AppendInCommitOrder1763700100001 } from './1763700100001-append-in-commit-order.js';
import { ErasePeople1763700100020 } from './1763700100020-erase-people.js';
import { NameActingOperators1763700100002 } from './1763700100002-name-acting-operators.js';

/** For each shard, after those of libs/sharding. */
export const eventMigrations = [
  CreateEventLog1763700100000,
  AppendInCommitOrder1763700100001,
  NameActingOperators1763700100002,
  ErasePeople1763700100020,
];
