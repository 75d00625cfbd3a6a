import { beforeEach, describe, expect, it } from '@jest/globals';
import { Autosave, type SaveState } from './autosave.js';

describe(Autosave.name, () => {
  let saved: string[];
  let states: SaveState[];
  let due: (() => void) | null;
  let answer: () => Promise<void>;
  let autosave: Autosave;

  beforeEach(() => {
    saved = [];
    states = [];
    due = null;
    answer = () => Promise.resolve();
    autosave = new Autosave({
      save: (text) => {
        saved.push(text);
        return answer();
      },
      isConflict: (error) => error instanceof RangeError,
      onState: (state) => states.push(state),
      later: (work) => {
        due = () => {
          due = null;
          work();
        };
        return () => {
          due = null;
        };
      },
    });
  });

  const pass = async (): Promise<void> => {
    due?.();
    await new Promise((resolve) => setImmediate(resolve));
  };

  it('saves once the typing pauses, the last text alone', async () => {
    autosave.typed('a');
    autosave.typed('ab');
    await pass();
    expect(saved).toEqual(['ab']);
    expect(states).toEqual(['waiting', 'waiting', 'saving', 'saved']);
  });

  it('saves what was typed while a save was under way after it, never beside it', async () => {
    let done = (): void => undefined;
    answer = () => new Promise((resolve) => (done = resolve));
    autosave.typed('a');
    await pass();
    autosave.typed('b');
    await pass();
    expect(saved).toEqual(['a']);
    done();
    await new Promise((resolve) => setImmediate(resolve));
    await pass();
    expect(saved).toEqual(['a', 'b']);
  });

  it('tries again after a failure, with what was typed since', async () => {
    answer = () => Promise.reject(new Error('offline'));
    autosave.typed('a');
    await pass();
    expect(states.at(-1)).toBe('failed');
    answer = () => Promise.resolve();
    autosave.typed('ab');
    await pass();
    expect(saved).toEqual(['a', 'ab']);
    expect(states.at(-1)).toBe('saved');
  });

  it('leaves a conflict to the person', async () => {
    answer = () => Promise.reject(new RangeError('newer'));
    autosave.typed('a');
    await pass();
    expect(states.at(-1)).toBe('conflict');
    expect(due).toBeNull();
  });

  it('saves what is left when the page goes', async () => {
    autosave.typed('a');
    autosave.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(saved).toEqual(['a']);
  });
});
