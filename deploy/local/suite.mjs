import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Children } from './children.mjs';
import { say, seconds, step, surviveClosedOutput, warn } from './console.mjs';
import { requireProgram, requirePythonModule } from './debian.mjs';
import { inherited } from './environment.mjs';
import { listTests, runJest } from './jest.mjs';
import { requireLinux } from './platform.mjs';
import { PrivatePostgres } from './postgres.mjs';
import { prepareModules } from './prepare.mjs';
import { Problem, Stopped } from './problem.mjs';
import { PrivateRedis, requireRedis } from './redis.mjs';
import { readSecrets } from './secrets.mjs';
import { StopRequest } from './stop.mjs';
import { NOTHING, add, closingLine, isGood, ofTap } from './tally.mjs';
import { readTestArguments } from './test-arguments.mjs';
import { TestPlatform, withoutOurs } from './test-platform.mjs';
import { makeThrowaway, removeAbandoned } from './throwaway.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const FAILURE = { ...NOTHING, failed: 1 };
const KEPT_LOG = join(ROOT, 'test-platform.log');

/** `npm test`. */
export async function main() {
  surviveClosedOutput();
  const code = await new Suite(new StopRequest()).run(process.argv.slice(2));
  process.exit(code);
}

class Suite {
  #stop;
  #tally = NOTHING;
  #throwaway;
  #children;
  #servers = [];

  constructor(stop) {
    this.#stop = stop;
    // A hurry needs no words of its own here: all that is running belongs to data that are thrown away.
    stop.asked.then(() => this.#children?.close());
  }

  async run(args) {
    const work = this.#work(args);
    let told = null;
    try {
      await Promise.race([work, this.#stop.asked.then(() => Promise.reject(new Stopped()))]);
    } catch (error) {
      told = error;
      if (!(error instanceof Stopped)) this.#count(FAILURE);
    }
    await this.#clear(work);
    if (told) warn(told instanceof Problem || told instanceof Stopped ? told.message : told.stack);
    say(closingLine(this.#tally));
    if (this.#stop.isAsked) return 130;
    return isGood(this.#tally) ? 0 : 1;
  }

  async #work(args) {
    requireLinux();
    const { projects, filter } = readTestArguments(args);
    await removeAbandoned();
    this.#throwaway = makeThrowaway();
    this.#children = new Children(this.#throwaway.data.folder('run'));
    const endToEnd = projects.includes('e2e');
    const redis = endToEnd || projects.includes('integration') ? await requireRedis(this.#children) : null;
    if (projects.includes('integration')) {
      // A directory to sign in at, by LDAP.
      await requireProgram(this.#children, { name: 'slapd', packages: ['slapd'] });
    }
    const chromium = endToEnd ? await this.#requireBrowserAndProxy() : null;
    await prepareModules(ROOT, this.#children);

    const chosen = await this.#choose(projects, filter);
    if (chosen.includes('local')) this.#count(await this.#runLocal());
    const inProcess = chosen.filter((project) => project === 'unit' || project === 'integration');
    if (inProcess.length > 0) this.#count(await this.#runInProcess(inProcess, filter, redis));
    if (chosen.includes('e2e')) await this.#runEndToEnd(filter, chromium);
  }

  async #requireBrowserAndProxy() {
    await requireProgram(this.#children, { name: 'haproxy', packages: ['haproxy'] });
    await requireProgram(this.#children, { name: 'promtool', packages: ['prometheus'] });
    // A SAML provider that is not written in JavaScript.
    await requirePythonModule(this.#children, { module: 'lasso', packages: ['python3-lasso'] });
    return requireProgram(this.#children, { name: 'chromium', packages: ['chromium', 'fonts-liberation'] });
  }

  /** With a filter, the projects in which it finds something; without, all of them, and an empty one is a failure. */
  async #choose(projects, filter) {
    const chosen = [];
    for (const project of projects) {
      const files =
        project === 'local'
          ? localTests(filter)
          : await listTests({ root: ROOT, children: this.#children, project, filter });
      if (files.length > 0) chosen.push(project);
      else if (filter.length === 0) {
        warn(`The project ${project} holds no test.`);
        this.#count(FAILURE);
      }
    }
    if (chosen.length === 0) throw new Problem('No test matches.');
    return chosen;
  }

  /** The tests of these very scripts, by Node's own runner. */
  async #runLocal() {
    const report = this.#throwaway.data.file('local.tap');
    const { code } = await this.#children.run(
      'node-test',
      process.execPath,
      [
        '--test',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=tap',
        `--test-reporter-destination=${report}`,
        ...localTests([]),
      ],
      { cwd: ROOT, env: withoutOurs(inherited()), onLine: say, onErrorLine: warn },
    );
    const tally = ofTap(readFileSync(report, 'utf8'));
    return code !== 0 && tally.failed === 0 ? add(tally, FAILURE) : tally;
  }

  async #runInProcess(projects, filter, redisProgram) {
    const environment = withoutOurs(inherited());
    if (projects.includes('integration')) Object.assign(environment, await this.#startServers(redisProgram));
    const tally = await this.#jest(projects, filter, environment, 2);
    await this.#stopServers();
    return tally;
  }

  async #startServers(redisProgram) {
    const { data } = this.#throwaway;
    const secrets = readSecrets(data);
    const common = { data, children: this.#children };
    const postgres = new PrivatePostgres({
      ...common,
      root: ROOT,
      password: secrets.databasePasswords.postgres,
      databases: [],
      flushes: false,
    });
    const redis = new PrivateRedis({ ...common, program: redisProgram, password: secrets.redisPassword });
    this.#servers = [postgres, redis];
    await step('Postgres and Redis for the integration tests', async () => {
      await Promise.all([postgres.start(), redis.start()]);
    });
    return { HARKA_TEST_POSTGRES_URL: postgres.url('postgres'), HARKA_TEST_REDIS_URL: redis.url };
  }

  async #stopServers() {
    for (const server of this.#servers.splice(0)) await server.stop();
  }

  async #runEndToEnd(filter, chromium) {
    const platform = new TestPlatform({
      root: ROOT,
      children: this.#children,
      folder: this.#throwaway.platformFolder,
    });
    this.#servers.push(platform);
    const began = performance.now();
    let tally;
    try {
      const whereabouts = await platform.start();
      say(`  ✓  The platform for the e2e tests  (${seconds(began)})`);
      const environment = { ...withoutOurs(inherited()), ...whereabouts, HARKA_TEST_CHROMIUM: chromium };
      tally = await this.#jest(['e2e'], filter, environment, 1);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // Each file of tests that could not run for it is a failure.
      const files = await listTests({ root: ROOT, children: this.#children, project: 'e2e', filter });
      warn(`${error.message} ${files.length} files of e2e tests could not run.`);
      tally = { ...NOTHING, failed: files.length };
    }
    this.#servers.pop();
    if (!(await platform.stop())) {
      warn('The platform for the e2e tests did not end cleanly.');
      tally = add(tally, FAILURE);
    }
    if (tally.failed > 0) {
      platform.keepLog(KEPT_LOG);
      warn(`What its services logged is kept in ${KEPT_LOG}.`);
    }
    this.#count(tally);
  }

  #jest(projects, filter, environment, workers) {
    return runJest({
      root: ROOT,
      children: this.#children,
      projects,
      filter,
      environment,
      workers,
      reportFile: this.#throwaway.data.file(`${projects.join('-')}.json`),
    });
  }

  #count(tally) {
    this.#tally = add(this.#tally, tally);
  }

  async #clear(work) {
    await this.#children?.close();
    await this.#stopServers();
    await work.catch(() => undefined);
    await this.#children?.sweep();
    await this.#throwaway?.remove();
  }
}

function localTests(filter) {
  const folder = join(ROOT, 'deploy/local');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => join(folder, name))
    .filter((path) => filter.length === 0 || filter.some((part) => path.includes(part)));
}
