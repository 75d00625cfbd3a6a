import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Children } from './children.mjs';
import { say, seconds, step, surviveClosedOutput, warn } from './console.mjs';
import { openDataFolder } from './data-folder.mjs';
import { platformEnvironments } from './environment.mjs';
import { writeJson } from './files.mjs';
import { keep } from './keeper.mjs';
import { LogFile } from './logs.mjs';
import { choosePort, requirePort } from './ports.mjs';
import { PrivatePostgres, requirePostgresServer } from './postgres.mjs';
import { removeOutsideHomes } from './postgres-home.mjs';
import { prepareBuild, prepareModules } from './prepare.mjs';
import { Problem } from './problem.mjs';
import { reclaim } from './reclaim.mjs';
import { PrivateRedis, requireRedis, requireRedisServer } from './redis.mjs';
import { readSecrets } from './secrets.mjs';
import { Services, migrate } from './services.mjs';
import { LOCAL_SHARDS, readSettings } from './settings.mjs';
import { StopRequest } from './stop.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const METRICS_PORT = 9464;
const LOOPBACK = '127.0.0.1';

/** `npm start`. */
export async function main() {
  surviveClosedOutput();
  const code = await new Platform(new StopRequest()).run(process.argv.slice(2));
  process.exit(code);
}

class Platform {
  #stop;
  #stopping = false;
  #data;
  #children;
  #log;
  /** In the order of their starts; they are stopped in the opposite one. */
  #servers = [];
  #broken;
  #breakDown;

  constructor(stop) {
    this.#stop = stop;
    this.#broken = new Promise((_, reject) => (this.#breakDown = reject));
    stop.onHurry(() => this.#hurry());
  }

  /** Serves until told to stop; tells the exit code. */
  async run(args) {
    const up = this.#up(args);
    let code = 0;
    try {
      await Promise.race([up, this.#broken, this.#stop.asked]);
      await Promise.race([this.#broken, this.#stop.asked]);
    } catch (error) {
      warn(tell(error));
      code = 1;
    }
    if (!(await this.#down(up))) code = 1;
    return this.#stop.isHurried ? 130 : code;
  }

  async #up(args) {
    const began = performance.now();
    requireLinux();
    const settings = readSettings({ root: ROOT, args, environment: process.env });
    this.#data = openDataFolder(settings.dataFolder);
    if (settings.reset) this.#data.forgetDamaged();
    this.#children = new Children(this.#data.folder('run'));
    await reclaim(this.#data, this.#children);
    if (settings.reset) this.#empty();

    const { port, metricsPort } = await choosePublicPorts(settings);
    if (settings.redisUrl) await requireRedisServer(settings.redisUrl);
    if (settings.directoryUrl) await requirePostgresServer(settings.directoryUrl);
    const redisProgram = settings.redisUrl ? null : await requireRedis(this.#children);
    await prepareModules(ROOT, this.#children);
    const secrets = readSecrets(this.#data);
    const [postgres, redisUrl] = await Promise.all([
      this.#startPostgres(settings, secrets),
      settings.redisUrl ?? this.#startRedis(redisProgram, secrets),
      prepareBuild(ROOT, this.#children),
    ]);

    const servers = { ...postgres, redisUrl };
    const environments = platformEnvironments({
      settings,
      secrets,
      data: this.#data,
      port,
      metricsPort,
      servers,
    });
    this.#log = new LogFile(this.#data.logFile('harka'));
    const running = { root: ROOT, children: this.#children, log: this.#log };
    await step('Migrating the databases', () => migrate({ ...running, environment: environments.migrator }));
    this.#announce({ port, metricsPort, servers });
    await this.#start('The platform', new Services({ ...running, environment: environments.services }));
    say(`Ready in ${seconds(began)}; data and logs are in ${this.#data.path}. Ctrl-C stops everything.`);
  }

  #empty() {
    removeOutsideHomes(this.#data);
    this.#data.empty();
    this.#data.folder('run');
    say(`  ✓  ${this.#data.path} is empty again`);
  }

  async #startPostgres(settings, secrets) {
    if (settings.directoryUrl) return { directoryUrl: settings.directoryUrl, shards: settings.shards };
    const server = new PrivatePostgres({
      root: ROOT,
      data: this.#data,
      children: this.#children,
      password: secrets.databasePasswords.postgres,
      databases: ['harka_directory', ...LOCAL_SHARDS.map(({ name }) => databaseOf(name))],
    });
    await step('Postgres', () => this.#start('Postgres', server));
    if (server.elsewhere) {
      say(`     Its user cannot enter ${this.#data.path}, so its data are in ${server.elsewhere}`);
    }
    return {
      directoryUrl: server.url('harka_directory'),
      shards: LOCAL_SHARDS.map((shard) => ({ ...shard, url: server.url(databaseOf(shard.name)) })),
    };
  }

  async #startRedis(program, secrets) {
    const server = new PrivateRedis({
      program,
      data: this.#data,
      children: this.#children,
      password: secrets.redisPassword,
    });
    await step('Redis', () => this.#start('Redis', server));
    return server.url;
  }

  /** Listed before it is up, so that a stop meanwhile finds it. */
  async #start(title, server) {
    this.#servers.push(server);
    await server.start();
    keep(title, server, () => this.#stopping).catch((error) => this.#breakDown(error));
  }

  /** For the command line and the tests: where everything listens. It holds passwords, and only its owner reads it. */
  #announce({ port, metricsPort, servers }) {
    writeJson(this.#data.file('run', 'endpoints.json'), {
      url: `http://${LOOPBACK}:${port}`,
      metricsUrl: `http://${LOOPBACK}:${metricsPort}/metrics`,
      ...servers,
    });
  }

  #hurry() {
    this.#servers.forEach((server) => server.hurry?.());
  }

  /** Stops everything, whatever goes wrong with one of the parts; tells whether nothing did. */
  async #down(up) {
    const faults = [];
    const attempt = async (work) => {
      try {
        const fault = await work();
        if (typeof fault === 'string') faults.push(fault);
      } catch (error) {
        faults.push(tell(error));
      }
    };
    this.#stopping = true;
    const asked = this.#stop.isAsked && this.#servers.length > 0;
    if (asked) say('Stopping …');
    await attempt(() => this.#children?.close());
    if (this.#stop.isHurried) this.#hurry();
    for (const server of this.#servers.reverse()) await attempt(() => server.stop());
    // Its failure has been told, or is that we turned it back.
    await up.catch(() => undefined);
    await attempt(() => this.#children?.sweep());
    this.#log?.close();
    this.#data?.release();
    faults.forEach((fault) => warn(fault));
    if (asked) say('Stopped.');
    return faults.length === 0;
  }
}

async function choosePublicPorts(settings) {
  const port = settings.port === 0 ? await choosePort() : settings.port;
  await requirePort('HARKA_PORT', settings.host, port);
  if (settings.metricsPort) await requirePort('HARKA_METRICS_PORT', LOOPBACK, settings.metricsPort);
  const metricsPort = settings.metricsPort || (await choosePort(settings.metricsPort ?? METRICS_PORT));
  if (settings.metricsPort === undefined && metricsPort !== METRICS_PORT) {
    say(`     Port ${METRICS_PORT} is taken, so the metrics are on port ${metricsPort}`);
  }
  return { port, metricsPort };
}

function databaseOf(shard) {
  return `harka_${shard.replaceAll('-', '_')}`;
}

export function requireLinux() {
  if (process.platform === 'linux') return;
  throw new Problem(
    'npm start runs on Linux (Debian is what it is tried on): elsewhere, use the image in deploy/.',
  );
}

function tell(error) {
  return error instanceof Problem ? error.message : error.stack;
}
