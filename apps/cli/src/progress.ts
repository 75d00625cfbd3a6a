import cliProgress from 'cli-progress';
import type { Onboarding } from '#libs/contracts/tenants';
import { line, type Terminal } from './terminal.js';

/** Shows how far an onboarding is. */
export interface Progress {
  show(onboarding: Onboarding): void;
  end(): void;
}

const counted = ['users', 'courses', 'enrolments'] as const;

/** Bars where a person watches, lines where not, nothing where it would disturb. */
export function progressOf(terminal: Terminal, isQuiet: boolean): Progress {
  if (isQuiet) return { show: () => undefined, end: () => undefined };
  return terminal.isInteractive ? bars() : lines(terminal);
}

function bars(): Progress {
  const multi = new cliProgress.MultiBar(
    { format: '{name} {bar} {value}/{total}', hideCursor: true, clearOnComplete: false },
    cliProgress.Presets.shades_classic,
  );
  const made = new Map<string, cliProgress.SingleBar>();
  return {
    show: ({ progress }) => {
      for (const what of counted) {
        const { done, total } = progress[what];
        const bar = made.get(what) ?? multi.create(total, 0, { name: what.padEnd(10) });
        made.set(what, bar);
        bar.update(done);
      }
    },
    end: () => {
      multi.stop();
    },
  };
}

function lines(terminal: Terminal): Progress {
  let last = '';
  return {
    show: ({ step, progress }) => {
      const counts = counted.map((what) => `${what} ${progress[what].done}/${progress[what].total}`);
      const text = `${step}: ${counts.join(', ')}`;
      if (text !== last) terminal.err(line(text));
      last = text;
    },
    end: () => undefined,
  };
}
