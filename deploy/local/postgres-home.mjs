import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson, writeJson } from './files.mjs';
import { Problem, isErrorCode } from './problem.mjs';

const MARKER = 'harka.json';
const COPY = 'postgres-program';
const PARENTS = ['/var/lib', tmpdir()];

/**
 * The folder that holds the cluster: the data folder, or one that Postgres' user can reach
 * where that user cannot enter the data folder (a clone below /root, say).
 */
export function postgresHome(data, user) {
  const remembered = data.recall().postgres?.home;
  if (remembered) return outsideHome(data, user, remembered);
  if (remembered === null) return insideHome(data, user);
  if (user === null || user.canEnter(data.path)) return data.path;
  return newOutsideHome(data, user);
}

/** Every folder that holds, or may hold, the cluster of this data folder, even if its notes are lost. */
export function postgresHomes(data) {
  return [data.path, ...outsideHomes(data)];
}

/** Removes a cluster kept outside the data folder, but only one that is this data folder's. */
export function removeOutsideHomes(data) {
  for (const home of outsideHomes(data)) rmSync(home, { recursive: true });
}

/** The folder of the server's files that its user can run: as installed, or else a copy in its home. */
export function usableProgram({ installed, version, home, user }) {
  if (user === null || user.canUse(installed)) return installed;
  const copy = join(home, COPY);
  const stamp = join(copy, 'version');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version && user.canUse(copy)) return copy;
  const draft = `${copy}.new`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(installed, draft, { recursive: true, verbatimSymlinks: true });
  openToAll(draft);
  writeFileSync(join(draft, 'version'), version);
  rmSync(copy, { recursive: true, force: true });
  renameSync(draft, copy);
  if (user.canUse(copy)) return copy;
  throw new Problem(
    `The user ${user.name} cannot run Postgres from ${copy}: is that file system mounted noexec? Choose a data folder elsewhere with HARKA_DATA_DIR.`,
  );
}

function insideHome(data, user) {
  requireEntry(data.path, user);
  return data.path;
}

function outsideHome(data, user, home) {
  if (!existsSync(home)) {
    throw new Problem(
      `The Postgres data of ${data.path} were in ${home}, which is gone: restore it, or begin anew with npm start -- --reset.`,
    );
  }
  claim(data, home);
  requireEntry(home, user);
  return home;
}

function requireEntry(home, user) {
  if (user === null || user.canEnter(home)) return;
  throw new Problem(
    `The user ${user.name}, who runs Postgres, cannot enter ${home} any more: let others pass its parent folders (chmod o+x), or begin anew with npm start -- --reset.`,
  );
}

/** A data folder that was moved keeps its cluster; a copy of one must not share it with the original. */
function claim(data, home) {
  const owner = ownerOf(home);
  if (owner === data.path) return;
  if (owner !== null && existsSync(owner)) {
    throw new Problem(
      `${data.path} is a copy of ${owner}, whose Postgres data in ${home} it would share: begin anew with npm start -- --reset, or work with the original.`,
    );
  }
  writeJson(join(home, MARKER), { dataFolder: data.path }, 0o644);
}

function newOutsideHome(data, user) {
  const home = candidates(data.path).find((path) => makeOwn(path, data) && user.canEnter(path));
  if (home !== undefined) return home;
  throw new Problem(
    `The user ${user.name}, who runs Postgres for root, can enter neither ${data.path} nor a folder in ${PARENTS.join(' or ')}: choose a data folder that it can reach with HARKA_DATA_DIR.`,
  );
}

function candidates(path) {
  const name = `harka-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
  return PARENTS.map((parent) => join(parent, name));
}

function outsideHomes(data) {
  const noted = data.recall().postgres?.home;
  const homes = new Set([...(noted ? [noted] : []), ...candidates(data.path)]);
  return [...homes].filter((home) => ownerOf(home) === data.path);
}

/** In a folder that everybody writes to, somebody else may have made it first. */
function makeOwn(home, data) {
  try {
    mkdirSync(home, { mode: 0o711 });
  } catch (error) {
    if (isErrorCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOENT')) return false;
    if (!isErrorCode(error, 'EEXIST')) throw error;
    const found = lstatSync(home);
    if (!found.isDirectory() || found.uid !== process.getuid()) return false;
  }
  chmodSync(home, 0o711);
  writeJson(join(home, MARKER), { dataFolder: data.path }, 0o644);
  return true;
}

function ownerOf(home) {
  return readJson(join(home, MARKER))?.dataFolder ?? null;
}

function openToAll(path) {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  chmodSync(
    path,
    statSync(path).mode | (found.isDirectory() ? 0o755 : 0o444 | (found.mode & 0o100 && 0o111)),
  );
  if (found.isDirectory()) readdirSync(path).forEach((name) => openToAll(join(path, name)));
}
