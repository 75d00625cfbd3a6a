import { describe, expect, it } from '@jest/globals';
import { Pause } from './pause.js';

async function lasts(pause: Pause, milliseconds: number): Promise<number> {
  const started = performance.now();
  await pause.last(milliseconds);
  return performance.now() - started;
}

describe(Pause.name, () => {
  it('lasts as long as it should', async () => {
    expect(await lasts(new Pause(), 30)).toBeGreaterThan(25);
  });

  it('ends early', async () => {
    const pause = new Pause();
    setTimeout(() => {
      pause.end();
    }, 5);
    expect(await lasts(pause, 5_000)).toBeLessThan(1_000);
  });

  it('does not miss an end that came before it', async () => {
    const pause = new Pause();
    pause.end();
    expect(await lasts(pause, 5_000)).toBeLessThan(1_000);
    expect(await lasts(pause, 30)).toBeGreaterThan(25);
  });
});
