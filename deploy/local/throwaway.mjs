import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Children } from './children.mjs';
import { openDataFolder } from './data-folder.mjs';
import { removeOutsideHomes } from './postgres-home.mjs';
import { Problem, isErrorCode } from './problem.mjs';
import { reclaim } from './reclaim.mjs';

const PREFIX = 'harka-test-';
const PLATFORM = 'platform';

/** A data folder for one run of the tests; the platform that they call gets one of its own inside. */
export function makeThrowaway() {
  const path = mkdtempSync(join(tmpdir(), PREFIX));
  // Others may pass through: Postgres may run as one of them.
  chmodSync(path, 0o711);
  const data = openDataFolder(path);
  return { data, platformFolder: data.file(PLATFORM), remove: () => discard(data) };
}

/** Ends and removes what a run that was killed outright has left. */
export async function removeAbandoned() {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const path = join(tmpdir(), name);
    const data = isMine(path) ? openAbandoned(path) : null;
    if (data) await discard(data);
  }
}

async function discard(data) {
  await reclaim(data, new Children(data.folder('run')));
  const platform = openAbandoned(data.file(PLATFORM));
  if (platform) {
    await reclaim(platform, new Children(platform.folder('run')));
    removeOutsideHomes(platform);
  }
  removeOutsideHomes(data);
  rmSync(data.path, { recursive: true, force: true });
}

/** Null when it is in use by a run that is under way, or no data folder. */
function openAbandoned(path) {
  try {
    return statSync(join(path, 'harka.json')).isFile() ? openDataFolder(path) : null;
  } catch (error) {
    if (error instanceof Problem || isErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isMine(path) {
  try {
    return statSync(path).uid === process.getuid();
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}
