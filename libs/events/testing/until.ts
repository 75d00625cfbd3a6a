import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something has come about that happens by itself. @throws Error after `seconds`. */
export async function until(done: () => Promise<boolean> | boolean, seconds = 10): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`It did not come about within ${seconds} s.`);
    await delay(20);
  }
}
