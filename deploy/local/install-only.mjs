// Installs the packages if they are not those of package-lock.json: `.ci/run` begins with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unsupportedNode } from './node-version.mjs';
import { Children } from './children.mjs';
import { warn } from './console.mjs';
import { prepareModules } from './prepare.mjs';
import { Problem } from './problem.mjs';
import { StopRequest } from './stop.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const run = mkdtempSync(join(tmpdir(), 'harka-install-'));
const children = new Children(run);
const stop = new StopRequest();
stop.asked.then(() => children.close());
try {
  const unsupported = unsupportedNode(process.versions.node);
  if (unsupported) throw new Problem(unsupported);
  await prepareModules(ROOT, children);
} catch (error) {
  warn(error instanceof Problem ? error.message : error.stack);
  process.exitCode = 1;
} finally {
  await children.close();
  await children.sweep();
  rmSync(run, { recursive: true });
}
process.exit();
