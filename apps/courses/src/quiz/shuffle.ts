import { createHash } from 'node:crypto';

/** The same things in an order that depends on the seed alone. */
export function shuffled<T>(things: readonly T[], seed: string): T[] {
  return things
    .map((thing, place) => ({ thing, key: createHash('sha256').update(`${seed}/${place}`).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ thing }) => thing);
}
