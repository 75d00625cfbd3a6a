import { describe, expect, it } from '@jest/globals';
import { StepUps } from './step-ups.js';

describe(StepUps.name, () => {
  it('asks once, however many wait, and tells all of them', async () => {
    const stepUps = new StepUps();
    let told = 0;
    stepUps.subscribe(() => {
      told += 1;
    });
    const waiting = [stepUps.ask(), stepUps.ask()];
    expect([stepUps.isAsked(), told]).toEqual([true, 1]);
    stepUps.settle(true);
    expect(await Promise.all(waiting)).toEqual([true, true]);
    expect(stepUps.isAsked()).toBe(false);
  });

  it('gives up where nobody can be asked', async () => {
    expect(await new StepUps().ask()).toBe(false);
  });
});
