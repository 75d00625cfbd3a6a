// A fresh clone, as a stranger would meet it: `npm start`, one lesson, stop, start again. See README.md beside this file.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Children } from './children.mjs';
import { say, warn } from './console.mjs';
import { openDataFolder } from './data-folder.mjs';
import { finishLesson, requireProgress, signIn } from './demo-learner.mjs';
import { inherited } from './environment.mjs';
import { npm } from './install.mjs';
import { choosePort } from './ports.mjs';
import { postgresHomes, removeOutsideHomes } from './postgres-home.mjs';
import { Problem, isErrorCode } from './problem.mjs';
import { signal } from './processes.mjs';
import { reclaim } from './reclaim.mjs';
import { StopRequest } from './stop.mjs';
import { withoutOurs } from './test-platform.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const READY = 'harka ready ';
const INSTALLED = /✓ {2}Installing packages/;
/** What the outer contract promises, in seconds: once packages are installed, and from the second start on. */
const FIRST_WITHIN = 60;
const AGAIN_WITHIN = 10;

class Smoke {
  // For root, mkdtemp makes what a clone below /root is: a folder that Postgres' user cannot enter.
  #folder = mkdtempSync(join(tmpdir(), 'harka-smoke-'));
  #clone = join(this.#folder, 'clone');
  #children;

  constructor() {
    mkdirSync(join(this.#folder, 'run'));
    this.#children = new Children(join(this.#folder, 'run'));
  }

  async run() {
    await this.#makeClone();
    const port = await choosePort();
    const environment = {
      ...withoutOurs(inherited()),
      HARKA_PORT: String(port),
      HARKA_METRICS_PORT: String(await choosePort()),
    };
    const first = await this.#start(environment);
    const finished = await finishLesson(await signIn(port));
    say(`smoke: finished "${finished.title}" of "${finished.course}" in ${seconds(first.readyAfter)}`);
    await this.#stop(first);

    let again = await this.#startAgain(environment, port, finished);
    // Once more before it is called slow: a machine may have been busy with something else for a moment.
    if (again > AGAIN_WITHIN) again = Math.min(again, await this.#startAgain(environment, port, finished));

    say(
      `smoke: first start ${seconds(first.readyAfter)}, of it ${seconds(first.installedAfter)} for packages`,
    );
    say(`smoke: second start ${seconds(again)}`);
    requireWithin('The first start, packages apart,', first.readyAfter - first.installedAfter, FIRST_WITHIN);
    requireWithin('The second start', again, AGAIN_WITHIN);
  }

  /** What was finished before must still be; tells how long the start took. */
  async #startAgain(environment, port, finished) {
    const started = await this.#start(environment);
    await requireProgress(await signIn(port), finished);
    await this.#stop(started);
    return started.readyAfter;
  }

  async clear() {
    await this.#children.close();
    await this.#children.sweep();
    if (existsSync(this.#data)) {
      const data = openDataFolder(this.#data);
      await reclaim(data, new Children(data.folder('run')));
      removeOutsideHomes(data);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get children() {
    return this.#children;
  }

  get #data() {
    return join(this.#clone, '.harka');
  }

  async #makeClone() {
    const git = async (...args) => {
      const { code, tail } = await this.#children.run('git', 'git', args, { cwd: ROOT });
      if (code !== 0) throw new Problem(`git ${args[0]} failed: ${tail.at(-1) ?? `exit code ${code}`}`);
      return tail;
    };
    if ((await git('status', '--porcelain')).length > 0) {
      warn('smoke: the work tree has changes that are not committed; the clone is without them');
    }
    await git('clone', '--quiet', ROOT, this.#clone);
  }

  async #start(environment) {
    const began = performance.now();
    const since = () => (performance.now() - began) / 1000;
    const { command, args } = npm();
    let installedAfter = 0;
    let becomeReady;
    const ready = new Promise((resolve) => (becomeReady = resolve));
    const child = await this.#children.start('npm-start', command, [...args, 'start'], {
      cwd: this.#clone,
      env: environment,
      onLine: (line) => {
        say(`  clone | ${line}`);
        if (INSTALLED.test(line)) installedAfter = since();
        if (line.startsWith(READY)) becomeReady(since());
      },
      onErrorLine: (line) => warn(`  clone | ${line}`),
    });
    const failed = child.ended.then(({ code, signal: by }) => {
      throw new Problem(`npm start ended before it was ready (${by ?? `exit code ${code}`}).`);
    });
    const readyAfter = await Promise.race([ready, failed]);
    failed.catch(() => undefined);
    return { child, readyAfter, installedAfter };
  }

  /** As a supervisor would: a SIGTERM to npm, which has to pass it on. */
  async #stop({ child }) {
    const left = this.#places();
    signal(child.pid, 'SIGTERM');
    const { code, signal: by } = await child.ended;
    if (code !== 0)
      throw new Problem(`npm start ended with ${by ?? `exit code ${code}`} on SIGTERM, not with 0.`);
    const processes = processesOf(left);
    if (processes.length > 0) throw new Problem(`npm start left processes behind:\n${processes.join('\n')}`);
    say('smoke: stopped by SIGTERM with exit code 0 and no process left');
  }

  /** Every folder that a process of the clone works in or was started from. */
  #places() {
    const outside = postgresHomes({ path: this.#data, recall: () => ({}) });
    return [...new Set([this.#folder, ...outside])];
  }
}

function processesOf(places) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({ pid, text: describe(pid) }))
    .filter(({ text }) => places.some((place) => text.includes(place)))
    .map(({ pid, text }) => `  ${pid} ${text}`);
}

function describe(pid) {
  try {
    return `${readlinkSync(`/proc/${pid}/cwd`)} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`;
  } catch (error) {
    // Gone meanwhile, another user's, or a zombie.
    if (isErrorCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return '';
    throw error;
  }
}

function requireWithin(what, taken, allowed) {
  if (taken > allowed) throw new Problem(`${what} took ${seconds(taken)}; ${allowed} s are promised.`);
}

function seconds(value) {
  return `${value.toFixed(1)} s`;
}

const smoke = new Smoke();
const stop = new StopRequest();
stop.asked.then(() => smoke.children.close());
try {
  await Promise.race([
    smoke.run(),
    stop.asked.then(() => {
      throw new Problem('stopped');
    }),
  ]);
  say('smoke: passed');
} catch (error) {
  warn(`smoke: failed: ${error instanceof Problem ? error.message : error.stack}`);
  process.exitCode = 1;
} finally {
  await smoke.clear();
}
process.exit();
