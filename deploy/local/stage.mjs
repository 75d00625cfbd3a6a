// A platform for the tests of faults. Whoever forks this says what is to break (see test/support/stage.ts); it has
// servers and data of its own, nobody starts again what breaks, and all of it ends with whoever forked it.
import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Children } from './children.mjs';
import { platformEnvironments } from './environment.mjs';
import { readJson } from './files.mjs';
import { LogFile } from './logs.mjs';
import { choosePort } from './ports.mjs';
import { PrivatePostgres } from './postgres.mjs';
import { signal } from './processes.mjs';
import { PrivateRedis, requireRedis } from './redis.mjs';
import { readSecrets } from './secrets.mjs';
import { Services, migrate } from './services.mjs';
import { LOCAL_SHARDS } from './settings.mjs';
import { makeThrowaway } from './throwaway.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const KEPT_LOG = join(ROOT, 'test-faults.log');
const SETTINGS = { host: '127.0.0.1', baseDomain: 'localhost', demo: 'off', demoPublic: false };

class Stage {
  #throwaway = makeThrowaway();
  #data = this.#throwaway.data;
  #children = new Children(this.#data.folder('run'));
  #log = new LogFile(this.#data.logFile('harka'));
  #servers;

  /** Tells where everything listens. */
  async open() {
    const secrets = readSecrets(this.#data);
    const common = { data: this.#data, children: this.#children };
    const postgres = new PrivatePostgres({
      ...common,
      root: ROOT,
      password: secrets.databasePasswords.postgres,
      databases: ['harka_directory', ...LOCAL_SHARDS.map(({ name }) => databaseOf(name))],
    });
    const redis = new PrivateRedis({
      ...common,
      program: await requireRedis(this.#children),
      password: secrets.redisPassword,
    });
    await Promise.all([postgres.start(), redis.start()]);
    const [port, metricsPort] = [await choosePort(), await choosePort()];
    const servers = {
      directoryUrl: postgres.url('harka_directory'),
      shards: LOCAL_SHARDS.map((shard) => ({ ...shard, url: postgres.url(databaseOf(shard.name)) })),
      redisUrl: redis.url,
    };
    const environments = platformEnvironments({
      settings: SETTINGS,
      secrets,
      data: this.#data,
      port,
      metricsPort,
      servers,
    });
    const running = { root: ROOT, children: this.#children, log: this.#log };
    await migrate({ ...running, environment: environments.migrator });
    const services = new Services({ ...running, environment: environments.services });
    this.#servers = { services, postgres, redis };
    await services.start();
    return {
      baseUrl: `http://127.0.0.1:${port}`,
      baseDomain: SETTINGS.baseDomain,
      operatorToken: secrets.operatorToken,
      metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
      dataDir: this.#data.path,
      directoryUrl: servers.directoryUrl,
      shards: servers.shards,
    };
  }

  /** As the kernel does it when memory is short: without a word. */
  async kill(name) {
    signal(this.pid(name), 'SIGKILL');
    await this.#servers[name].ended;
  }

  async stop(name) {
    await this.#servers[name].stop();
  }

  /** On the same port and data. */
  async start(name) {
    await this.#servers[name].start();
  }

  /** Null when it does not run. */
  pid(name) {
    return readJson(this.#data.file('run', `${name}.pid`))?.pid ?? null;
  }

  async close() {
    const { services, postgres, redis } = this.#servers ?? {};
    await this.#children.close();
    await services?.stop();
    await redis?.stop();
    await postgres?.stop();
    await this.#children.sweep();
    this.#log.close();
    if (existsSync(this.#log.path)) copyFileSync(this.#log.path, KEPT_LOG);
    await this.#throwaway.remove();
  }
}

function databaseOf(shard) {
  return `harka_${shard.replaceAll('-', '_')}`;
}

const stage = new Stage();
let closing;
const close = () => (closing ??= stage.close().finally(() => process.exit()));

process.on('message', async ({ id, action, server }) => {
  try {
    process.send({ id, result: (await stage[action](server)) ?? null });
  } catch (error) {
    process.send({ id, error: error.stack });
  }
});
process.on('disconnect', close);
// Ctrl-C at a terminal reaches every process there; the end of whoever forked this is what counts.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', close);
