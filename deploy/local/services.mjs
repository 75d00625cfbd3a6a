import { join } from 'node:path';
import { forPerson } from './logs.mjs';
import { say, warn } from './console.mjs';
import { Problem } from './problem.mjs';
import { signal } from './processes.mjs';

const READY = 'harka ready ';
export const DRAIN = [
  ['SIGTERM', 20_000],
  ['SIGKILL', 5_000],
];
const KILL = [['SIGKILL', 5_000]];

/** Runs the migrator to its end. */
export async function migrate({ root, children, environment, log }) {
  const { code, signal: by } = await children.run('migrator', process.execPath, program(root, 'migrator'), {
    cwd: root,
    env: environment,
    ...outputTo(log),
  });
  if (code !== 0) throw new Problem(`The databases could not be migrated (${by ?? `exit code ${code}`}).`);
}

/** Every service in one process. */
export class Services {
  name = 'services';
  #options;
  #child;
  #hurried = false;

  constructor(options) {
    this.#options = options;
  }

  get ended() {
    return this.#child.ended;
  }

  /** Resolves once the platform says that it is ready. */
  async start() {
    const { root, children, environment, log } = this.#options;
    let becomeReady;
    const ready = new Promise((resolve) => (becomeReady = resolve));
    const output = outputTo(log);
    // After a kill of its first process others of the group may linger.
    await this.#child?.end(KILL);
    this.#child = await children.start(this.name, process.execPath, program(root, 'all'), {
      cwd: root,
      env: environment,
      ...output,
      onLine: (line) => {
        output.onLine(line);
        if (line.startsWith(READY)) becomeReady();
      },
    });
    const failed = this.#child.ended.then(({ code, signal: by }) => {
      throw new Problem(
        `The services stopped before they were ready (${by ?? `exit code ${code}`}); ${log.path} tells more.`,
      );
    });
    await Promise.race([ready, failed]);
    // From here on it is the keeper's to notice an end.
    failed.catch(() => undefined);
  }

  /** They drain first: requests under way are answered, jobs are put back. Tells what went wrong, or null. */
  async stop() {
    if (!this.#child) return null;
    const wasUp = this.#child.running;
    const by = await this.#child.end(DRAIN);
    const { code, signal: end } = await this.#child.ended;
    if (by === 'SIGKILL' && !this.#hurried) {
      return `The services did not stop within ${DRAIN[0][1] / 1000} s and were killed.`;
    }
    if (!wasUp || code === 0 || this.#hurried) return null;
    return `The services did not stop cleanly (${end ?? `exit code ${code}`}); ${this.#options.log.path} tells more.`;
  }

  hurry() {
    this.#hurried = true;
    if (this.#child) signal(-this.#child.pid, 'SIGKILL');
  }
}

/** As in the image. Room for the young generation: what a request leaves behind is dropped, not copied (a sixth of the CPU). */
const NODE = ['--enable-source-maps', '--max-semi-space-size=64'];

function program(root, app) {
  return [...NODE, join(root, 'dist', 'apps', app, 'src', 'main.js')];
}

function outputTo(log) {
  const relay = (print) => (line) => {
    log.write(line);
    const text = forPerson(line);
    if (text !== null) print(text);
  };
  return { onLine: relay(say), onErrorLine: relay(warn) };
}
