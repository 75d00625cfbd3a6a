import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs variants in short slices, in random order, round after round, so that whatever else the machine does hits all of
 * them alike. A variant is `{ name, run(), cpu() }`: `run` does one operation, `cpu` says how many microseconds its
 * servers and this process have spent so far.
 *
 * @returns by name: the rounds, each `{ perSecond, cpu }`
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

async function slice({ run, cpu }, sliceMs, atOnce) {
  const before = await cpu();
  const start = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() - start < sliceMs) {
        await run();
        done += 1;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const after = await cpu();
  return { perSecond: done / seconds, cpu: (after - before) / done };
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
