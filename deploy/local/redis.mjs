import { closeSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireProgram } from './debian.mjs';
import { lastLine, openLog } from './logs.mjs';
import { choosePort } from './ports.mjs';
import { Problem } from './problem.mjs';

const NAME = 'redis';
const READY_WITHIN_MS = 120_000;
const POLL_MS = 25;
const PATIENT = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 5_000],
];
export function requireRedis(children) {
  return requireProgram(children, {
    name: 'redis-server',
    packages: ['redis-server'],
    otherwise: ', or name a server with HARKA_REDIS_URL',
  });
}

/** Makes sure that a server of the person's own serves us, before any slow work. */
export async function requireRedisServer(url) {
  if (new URL(url).protocol === 'rediss:') return;
  const reason = await ping(url);
  if (reason === null) return;
  throw new Problem(
    `The Redis server of HARKA_REDIS_URL (${new URL(url).host}) does not serve us: ${reason}.`,
  );
}

/** A Redis of our own: append-only, behind a password, on loopback, its files in the data folder. */
export class PrivateRedis {
  name = NAME;
  #program;
  #data;
  #children;
  #password;
  #child;
  #port;

  constructor({ program, data, children, password }) {
    this.#program = program;
    this.#data = data;
    this.#children = children;
    this.#password = password;
  }

  get url() {
    return `redis://:${this.#password}@127.0.0.1:${this.#port}`;
  }

  get ended() {
    return this.#child.ended;
  }

  async start() {
    // Later starts are repairs under running services, which know this port.
    this.#port ??= await choosePort(this.#data.recall().redis?.port);
    this.#data.remember({ redis: { port: this.#port } });
    const log = this.#data.logFile('redis');
    const output = openLog(log);
    try {
      this.#child = await this.#children.start(NAME, this.#program, ['-'], {
        input: this.#configuration(),
        output,
        cwd: '/',
        env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
      });
    } finally {
      closeSync(output);
    }
    await this.#ready(log);
  }

  async stop() {
    await this.#child?.end(PATIENT);
  }

  static signals = PATIENT;

  /** Goes in by standard input, so that the password is in no file and no list of processes. */
  #configuration() {
    return [
      `port ${this.#port}`,
      'bind 127.0.0.1',
      'protected-mode yes',
      `requirepass ${this.#password}`,
      `dir "${this.#data.folder('redis')}"`,
      'appendonly yes',
      'appendfsync everysec',
      'save ""',
      'maxmemory-policy noeviction',
      'daemonize no',
      'databases 16',
      '',
    ].join('\n');
  }

  async #ready(log) {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (this.#child.running && performance.now() < deadline) {
      if ((await ping(this.url)) === null) return;
      await sleep(POLL_MS);
    }
    throw new Problem(`Redis did not start: ${lastLine(log)} (see ${log}).`);
  }
}

/** Asks a Redis server whether it serves us; null when it does, else the reason. */
function ping(url, patience = 3_000) {
  const { hostname, port, username, password } = new URL(url);
  const login = [username, password].filter(Boolean).map(decodeURIComponent);
  const greeting = login.length > 0 ? command('AUTH', ...login) : '';
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) });
    let answer = '';
    const finish = (reason) => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(patience, () => finish('it does not answer'));
    socket.on('error', (error) => finish(error.code ?? error.message));
    socket.on('close', () => finish('it closed the connection'));
    socket.on('connect', () => socket.write(greeting + command('PING')));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('+PONG\r\n')) finish(null);
      else if (/^-.*\r\n/m.test(answer)) finish(answer.match(/^-(.*)\r\n/m)[1]);
    });
  });
}

function command(...words) {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
