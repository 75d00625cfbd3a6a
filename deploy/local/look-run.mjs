import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Children } from './children.mjs';
import { surviveClosedOutput, warn } from './console.mjs';
import { requireProgram } from './debian.mjs';
import { inherited } from './environment.mjs';
import { runJest } from './jest.mjs';
import { requireLinux } from './platform.mjs';
import { prepareModules } from './prepare.mjs';
import { Problem, Stopped } from './problem.mjs';
import { StopRequest } from './stop.mjs';
import { isGood } from './tally.mjs';
import { TestPlatform, withoutOurs } from './test-platform.mjs';
import { makeThrowaway, removeAbandoned } from './throwaway.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const PROJECTS = ['pictures', 'figures'];

/** Runs a project of Jest that no test run includes, in Chromium, against a platform with the demo: its own, or the one that HARKA_TEST_… names. */
export async function main() {
  surviveClosedOutput();
  requireLinux();
  const [project, ...words] = process.argv.slice(2);
  if (!PROJECTS.includes(project)) {
    warn(`Usage: node deploy/local/look.mjs ${PROJECTS.join('|')}`);
    process.exit(1);
  }
  const stop = new StopRequest();
  await removeAbandoned();
  const throwaway = makeThrowaway();
  const children = new Children(throwaway.data.folder('run'));
  stop.asked.then(() => children.close());
  const platform = new TestPlatform({ root: ROOT, children, folder: throwaway.platformFolder });
  let code = 1;
  try {
    const chromium = await requireProgram(children, {
      name: 'chromium',
      packages: ['chromium', 'fonts-liberation'],
    });
    await prepareModules(ROOT, children);
    const given = process.env.HARKA_TEST_BASE_URL !== undefined;
    const environment = given
      ? { ...inherited(), HARKA_TEST_CHROMIUM: chromium }
      : {
          ...withoutOurs(inherited()),
          ...(await platform.start({ HARKA_CHECK_RESPONSES: 'off' })),
          HARKA_TEST_CHROMIUM: chromium,
        };
    // Pictures are chosen by words of their names, figures by Jest's own arguments.
    const filter = project === 'pictures' ? [] : words;
    if (project === 'pictures') environment.HARKA_PICTURES = words.join(' ');
    const tally = await runJest({
      root: ROOT,
      children,
      projects: [project],
      filter,
      environment,
      workers: 1,
      reportFile: throwaway.data.file(`${project}.json`),
    });
    code = isGood(tally) ? 0 : 1;
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
