import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { say, warn } from './console.mjs';
import { inherited } from './environment.mjs';
import { readJson } from './files.mjs';
import { choosePort } from './ports.mjs';
import { Problem } from './problem.mjs';

const READY = 'harka ready ';
const STOP = [
  ['SIGTERM', 60_000],
  ['SIGKILL', 5_000],
];

/** The whole platform with its demo, started as a person would start it, on free ports and its own data. */
export class TestPlatform {
  #root;
  #children;
  #folder;
  #child;
  #openIdPort;
  #providerPort;

  constructor({ root, children, folder }) {
    this.#root = root;
    this.#children = children;
    this.#folder = folder;
  }

  /** Tells the environment by which tests find it; `settings` go over those that tests want. */
  async start(settings = {}) {
    const port = await choosePort();
    this.#openIdPort = await choosePort();
    this.#providerPort = await choosePort();
    let becomeReady;
    const ready = new Promise((resolve) => (becomeReady = resolve));
    this.#child = await this.#children.start(
      'platform',
      process.execPath,
      [join(this.#root, 'deploy/local/start.mjs')],
      {
        cwd: this.#root,
        env: {
          ...withoutOurs(inherited()),
          HARKA_DATA_DIR: this.#folder,
          HARKA_PORT: String(port),
          HARKA_METRICS_PORT: String(await choosePort()),
          HARKA_DEMO: 'on',
          HARKA_CHECK_RESPONSES: 'on',
          // Where the tests run identity providers: one without a browser, one with it.
          HARKA_OUTBOUND_ALLOW: `127.0.0.1:${this.#openIdPort},127.0.0.1:${this.#providerPort}`,
          ...settings,
        },
        onLine: (line) => {
          say(`  platform | ${line}`);
          if (line.startsWith(READY)) becomeReady();
        },
        onErrorLine: (line) => warn(`  platform | ${line}`),
      },
    );
    const failed = this.#child.ended.then(({ code, signal }) => {
      throw new Problem(`The platform for the e2e tests did not start (${signal ?? `exit code ${code}`}).`);
    });
    await Promise.race([ready, failed]);
    failed.catch(() => undefined);
    return this.#whereabouts();
  }

  /** Tells whether it ended as it should. */
  async stop() {
    if (!this.#child) return true;
    const by = await this.#child.end(STOP);
    const { code } = await this.#child.ended;
    return by === 'SIGTERM' && code === 0;
  }

  /** For whoever reads up on a failure after the data are gone. */
  keepLog(path) {
    const log = join(this.#folder, 'logs/harka.log');
    if (existsSync(log)) copyFileSync(log, path);
  }

  #whereabouts() {
    const { url, metricsUrl, directoryUrl, shards, redisUrl } = readJson(
      join(this.#folder, 'run/endpoints.json'),
    );
    return {
      HARKA_TEST_BASE_URL: url,
      HARKA_TEST_BASE_DOMAIN: 'localhost',
      HARKA_TEST_OPERATOR_TOKEN: readJson(join(this.#folder, 'secrets.json')).operatorToken,
      HARKA_TEST_DATA_DIR: this.#folder,
      HARKA_TEST_DIRECTORY_URL: directoryUrl,
      HARKA_TEST_SHARDS: JSON.stringify(shards),
      HARKA_TEST_METRICS_URL: metricsUrl,
      HARKA_TEST_PLATFORM_REDIS_URL: redisUrl,
      HARKA_TEST_OPENID_PORT: String(this.#openIdPort),
      HARKA_TEST_PROVIDER_PORT: String(this.#providerPort),
    };
  }
}

/** A person's own settings, of a platform they run besides, say, are not the tests'. */
export function withoutOurs(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('HARKA_')));
}
