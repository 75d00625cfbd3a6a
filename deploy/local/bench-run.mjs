import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Children } from './children.mjs';
import { say, surviveClosedOutput, warn } from './console.mjs';
import { inherited } from './environment.mjs';
import { prepareModules } from './prepare.mjs';
import { Problem, Stopped } from './problem.mjs';
import { StopRequest } from './stop.mjs';
import { TestPlatform } from './test-platform.mjs';
import { makeThrowaway, removeAbandoned } from './throwaway.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs test/bench/run.mjs against a platform without the demo, whose data are thrown away. */
export async function main() {
  surviveClosedOutput();
  const stop = new StopRequest();
  await removeAbandoned();
  const throwaway = makeThrowaway();
  const children = new Children(throwaway.data.folder('run'));
  stop.asked.then(() => children.close());
  const platform = new TestPlatform({ root: ROOT, children, folder: throwaway.platformFolder });
  let code = 1;
  try {
    code = await bench(children, platform);
  } catch (error) {
    if (error instanceof Stopped || stop.isAsked) code = 130;
    else warn(error instanceof Problem ? error.message : error.stack);
  }
  await children.close();
  await platform.stop();
  await children.sweep();
  await throwaway.remove();
  process.exit(code);
}

async function bench(children, platform) {
  await prepareModules(ROOT, children);
  const whereabouts = await platform.start({ HARKA_DEMO: 'off', HARKA_CHECK_RESPONSES: 'off' });
  const { code } = await children.run('bench', process.execPath, [join(ROOT, 'test/bench/run.mjs')], {
    cwd: ROOT,
    env: { ...inherited(), ...whereabouts },
    onLine: say,
    onErrorLine: warn,
  });
  return code ?? 1;
}
