import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readJson, writeJson } from './files.mjs';
import { eachLine } from './lines.mjs';
import { Problem, Stopped, isErrorCode } from './problem.mjs';
import { endGroup, identify, isAlive } from './processes.mjs';

const TAIL = 40;
const ABANDON = [
  ['SIGTERM', 5_000],
  ['SIGKILL', 5_000],
];

/**
 * Every process that the platform starts, each in a process group of its own (a terminal's Ctrl-C reaches only us)
 * and each noted in a file, so that the next start can end what a killed one left behind.
 */
export class Children {
  #folder;
  #commands = new Set();
  #running = new Set();
  #closed = false;

  constructor(folder) {
    this.#folder = folder;
  }

  /** Starts a process that goes on until it is ended. */
  async start(name, command, args, options = {}) {
    if (this.#closed) throw new Stopped();
    const child = await this.#spawn(name, command, args, options);
    if (!this.#closed) return child;
    await child.end(ABANDON);
    throw new Stopped();
  }

  /** Starts a command that comes to an end by itself, and is ended when a stop is asked for meanwhile. */
  async command(name, command, args, options = {}) {
    const child = await this.start(name, command, args, options);
    this.#commands.add(child);
    child.ended.then(() => this.#commands.delete(child));
    return child;
  }

  /** Runs a command to its end; rejects with Stopped when a stop is asked for meanwhile. */
  async run(name, command, args, options = {}) {
    const child = await this.command(name, command, args, options);
    const result = await child.ended;
    if (this.#closed) throw new Stopped();
    return result;
  }

  get closed() {
    return this.#closed;
  }

  /** Ends the commands under way and lets nothing further begin. */
  async close() {
    this.#closed = true;
    await Promise.all([...this.#commands].map((child) => child.end(ABANDON)));
  }

  /** Ends whatever slipped in between: after this no process of ours is left. */
  async sweep() {
    await Promise.all([...this.#running].map((child) => child.end(ABANDON)));
  }

  /** Ends what an earlier start left behind, newest first; tells their names. */
  async reclaim(signalsOf) {
    const left = [];
    for (const file of readdirSync(this.#folder).filter((name) => name.endsWith('.pid'))) {
      const note = readJson(join(this.#folder, file));
      if (isAlive(note)) left.push({ ...note, name: basename(file, '.pid') });
      else rmSync(join(this.#folder, file), { force: true });
    }
    left.sort((a, b) => b.startedAt - a.startedAt);
    for (const { name, pid } of left) {
      await endGroup(pid, signalsOf(name) ?? ABANDON);
      rmSync(join(this.#folder, `${name}.pid`), { force: true });
    }
    return left.map(({ name }) => name);
  }

  async #spawn(name, command, args, { output, onLine, onErrorLine, input, ...options }) {
    const piped = output === undefined ? 'pipe' : output;
    const spawned = spawn(command, args, {
      ...options,
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', piped, piped],
    });
    await new Promise((resolve, reject) => {
      spawned.once('spawn', resolve);
      spawned.once('error', (error) => {
        reject(isErrorCode(error, 'ENOENT') ? new Problem(`The program ${command} was not found.`) : error);
      });
    });
    const note = join(this.#folder, `${name}.pid`);
    const identity = identify(spawned.pid);
    if (identity !== null) writeJson(note, identity);
    if (input !== undefined) spawned.stdin.end(input);
    const child = new Child(spawned, onLine, onErrorLine ?? onLine);
    this.#running.add(child);
    child.ended.then(() => {
      this.#running.delete(child);
      rmSync(note, { force: true });
    });
    return child;
  }
}

class Child {
  #spawned;

  constructor(spawned, onLine, onErrorLine) {
    this.#spawned = spawned;
    this.pid = spawned.pid;
    const tail = [];
    const receive = (line, pass) => {
      tail.push(line);
      if (tail.length > TAIL) tail.shift();
      pass?.(line);
    };
    if (spawned.stdout) eachLine(spawned.stdout, (line) => receive(line, onLine));
    if (spawned.stderr) eachLine(spawned.stderr, (line) => receive(line, onErrorLine));
    // An unread stdin of a program that died is no failure of ours: its exit tells.
    spawned.stdin?.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      spawned.once(spawned.stdout ? 'close' : 'exit', (code, signal) => {
        resolve({ code, signal, tail });
      });
    });
  }

  get running() {
    return this.#spawned.exitCode === null && this.#spawned.signalCode === null;
  }

  /** Ends the whole group; see endGroup. */
  async end(signals) {
    const by = await endGroup(this.pid, signals);
    await this.ended;
    return by;
  }
}
