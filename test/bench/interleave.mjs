import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs variants in short slices, in random order, round after round, so that whatever else the machine does hits all of
 * them alike. A variant is `{ name, run(), cpu(), postgres?() }`: `run` does one operation, `cpu` says how many
 * microseconds its servers have spent so far, `postgres` those of the database where they are wanted apart.
 *
 * @returns by name: the rounds, each `{ perSecond, p50, p99, cpu, postgres }` (milliseconds; microseconds an operation)
 */
export async function interleave(variants, { rounds, sliceMs, atOnce }) {
  const results = new Map(variants.map(({ name }) => [name, []]));
  for (const variant of variants) await slice(variant, sliceMs, atOnce);
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of shuffled(variants)) {
      results.get(variant.name).push(await slice(variant, sliceMs, atOnce));
      await delay(5);
    }
  }
  return results;
}

async function slice({ run, cpu, postgres = async () => 0 }, sliceMs, atOnce) {
  const before = await cpu();
  const postgresBefore = await postgres();
  const start = performance.now();
  const taken = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let began = start; began - start < sliceMs;) {
        await run();
        const ended = performance.now();
        taken.push(ended - began);
        began = ended;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const done = taken.length;
  const cpuEach = ((await cpu()) - before) / done;
  const postgresEach = ((await postgres()) - postgresBefore) / done;
  taken.sort((one, other) => one - other);
  const at = (share) => taken[Math.min(done - 1, Math.floor(done * share))];
  return { perSecond: done / seconds, p50: at(0.5), p99: at(0.99), cpu: cpuEach, postgres: postgresEach };
}

function shuffled(items) {
  const order = [...items];
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1));
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order;
}

export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median over the rounds of `measure(variant's round) / measure(base's round)`. */
export function ratio(results, name, base, measure) {
  const bases = results.get(base);
  return median(results.get(name).map((round, index) => measure(round) / measure(bases[index])));
}
