import { setTimeout as sleep } from 'node:timers/promises';
import { say, warn } from './console.mjs';
import { Problem } from './problem.mjs';

const MOST_FALLS = 3;
const WITHIN_MS = 60_000;
const REST_MS = 1_000;

/** Starts a server again when it ends by itself; rejects when it will not stay up. */
export async function keep(title, server, isStopping) {
  let falls = [];
  for (;;) {
    const { code, signal } = await server.ended;
    if (isStopping()) return;
    const how = signal ?? `exit code ${code}`;
    const now = performance.now();
    falls = [...falls.filter((at) => now - at < WITHIN_MS), now];
    if (falls.length > MOST_FALLS) throw new Problem(`${title} stopped again and again (${how}): giving up.`);
    warn(`${title} stopped unexpectedly (${how}) and will be started again.`);
    try {
      await server.start();
      say(`${title} is up again.`);
    } catch (error) {
      if (isStopping()) return;
      if (!(error instanceof Problem)) throw error;
      warn(error.message);
      await sleep(REST_MS);
    }
  }
}
