import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Children } from './children.mjs';
import { say, step, surviveClosedOutput, warn } from './console.mjs';
import { inherited } from './environment.mjs';
import { runJest } from './jest.mjs';
import { KubeCluster } from './kube-cluster.mjs';
import { NoModules, findGo, prepareSchemas, prepareTools } from './kube-tools.mjs';
import { requireLinux } from './platform.mjs';
import { prepareBuild, prepareModules } from './prepare.mjs';
import { Problem, Stopped } from './problem.mjs';
import { StopRequest } from './stop.mjs';
import { NOTHING, closingLine, isGood } from './tally.mjs';
import { withoutOurs } from './test-platform.mjs';
import { makeThrowaway, removeAbandoned } from './throwaway.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const FAILURE = { ...NOTHING, failed: 1 };
const SKIPPED = { ...NOTHING, skipped: 1 };
const KEPT_LOG = join(ROOT, 'test-k8s.log');

/** `npm run test:k8s`: the chart and what speaks with Kubernetes, at a control plane that is thrown away. */
export async function main() {
  surviveClosedOutput();
  const stop = new StopRequest();
  const throwaway = await prepare();
  const children = new Children(throwaway.data.folder('run'));
  stop.asked.then(() => children.close());
  let tally = FAILURE;
  const work = test(throwaway, children, process.argv.slice(2));
  try {
    tally = await Promise.race([work, stop.asked.then(() => Promise.reject(new Stopped()))]);
  } catch (error) {
    if (error instanceof NoModules) tally = SKIPPED;
    if (tally === SKIPPED) warn(`skipped: ${error.message}`);
    else warn(error instanceof Problem || error instanceof Stopped ? error.message : error.stack);
  }
  await children.close();
  await work.catch(() => undefined);
  await children.sweep();
  await throwaway.remove();
  say(closingLine(tally));
  if (stop.isAsked) process.exit(130);
  process.exit(isGood(tally) || tally === SKIPPED ? 0 : 1);
}

async function prepare() {
  requireLinux();
  await removeAbandoned();
  return makeThrowaway();
}

async function test({ data }, children, filter) {
  const go = await findGo(children);
  if (go === null) {
    warn('skipped: the tests at a Kubernetes control plane build it with Go >= 1.24, which is not here.');
    return SKIPPED;
  }
  await prepareModules(ROOT, children);
  const tools = await prepareTools({ root: ROOT, children, go });
  const schemas = await prepareSchemas({ root: ROOT, children, go });
  await prepareBuild(ROOT, children, ['build:server']);
  const cluster = new KubeCluster({ children, data, tools: tools.folder });
  try {
    const whereabouts = await step(`Kubernetes ${tools.kubernetes}`, () => cluster.start());
    const tally = await runJest({
      root: ROOT,
      children,
      projects: ['kubernetes'],
      filter,
      environment: {
        ...withoutOurs(inherited()),
        ...whereabouts,
        HARKA_TEST_KUBE_TOOLS: tools.folder,
        HARKA_TEST_KUBE_SCHEMAS: JSON.stringify(schemas),
        // What Helm finds on a machine is not part of a test.
        HELM_CACHE_HOME: data.folder('helm', 'cache'),
        HELM_CONFIG_HOME: data.folder('helm', 'config'),
        HELM_DATA_HOME: data.folder('helm', 'data'),
      },
      workers: 1,
      reportFile: data.file('kubernetes.json'),
    });
    if (tally.failed > 0) {
      writeFileSync(KEPT_LOG, `${cluster.log.join('\n')}\n`);
      warn(`What the control plane logged last is kept in ${KEPT_LOG}.`);
    }
    return tally;
  } finally {
    await cluster.stop();
  }
}
