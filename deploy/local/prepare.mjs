import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, staleParts } from './build.mjs';
import { say, step } from './console.mjs';
import { installPackages, packagesAreCurrent } from './install.mjs';
import { takeLock } from './lock.mjs';
import { Stopped } from './problem.mjs';

const POLL_MS = 500;

/** Brings node_modules up to date with package-lock.json. */
export async function prepareModules(root, children) {
  if (packagesAreCurrent(root)) return;
  await alone(root, children, async () => {
    if (packagesAreCurrent(root)) return;
    await step('Installing packages from npm', () => installPackages(root, children));
  });
}

/** Builds the parts whose sources have changed; all parts, or those of the scripts that are named. */
export async function prepareBuild(root, children, scripts = null) {
  const stale = () => staleParts(root).filter(({ script }) => scripts === null || scripts.includes(script));
  if (stale().length === 0) return;
  await alone(root, children, async () => {
    const parts = stale();
    if (parts.length === 0) return;
    await step('Building', () => Promise.all(parts.map((part) => build(root, children, part))));
  });
}

/** Two starts in one clone (`npm start` and `npm test`, say) take turns at writing into it. */
async function alone(root, children, work) {
  const id = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const file = join(tmpdir(), `harka-prepare-${process.getuid()}-${id}.lock`);
  let lock = takeLock(file);
  if (lock.holder !== undefined)
    say(`  …  Waiting for process ${lock.holder}, which is preparing this clone`);
  while (lock.holder !== undefined) {
    if (children.closed) throw new Stopped();
    await sleep(POLL_MS);
    lock = takeLock(file);
  }
  try {
    await work();
  } finally {
    lock.release();
  }
}
