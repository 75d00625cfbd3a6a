const SLOW_MS = 1000;

/** A reader that went away (`npm start | head`) is no reason to stop serving. */
export function surviveClosedOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

export function say(text) {
  process.stdout.write(`${text}\n`);
}

export function warn(text) {
  process.stderr.write(`${text}\n`);
}

export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Runs one step of the way up and prints a line for it: at once when it turns out slow, and when it is done. */
export async function step(title, work) {
  const began = performance.now();
  const slow = setTimeout(() => say(`  …  ${title}`), SLOW_MS);
  try {
    const result = await work();
    say(`  ✓  ${title}  (${seconds(began)})`);
    return result;
  } finally {
    clearTimeout(slow);
  }
}
