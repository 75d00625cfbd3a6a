import type { Placement } from './placement.js';

/** Lets a tenant into the shard that the directory chose: without its fence row no transaction of it may begin there. */
export abstract class ShardGate {
  /** Doing it twice is doing it once. @throws ShardUnreachable */
  abstract admit(placement: Placement): Promise<void>;
}
