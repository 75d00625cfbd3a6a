import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson, writeJson } from './files.mjs';
import { takeLock } from './lock.mjs';
import { Problem, isErrorCode } from './problem.mjs';

const MARKER = 'harka.json';
const LOCK = 'lock';
const FORMAT = 1;
export const ANEW = 'Restore it, or begin anew with npm start -- --reset.';
/** Others may pass through, since Postgres may run as one of them, but look at nothing. */
const MODE = 0o711;
const REASONS = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'that file system is read-only',
  ENOSPC: 'that disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of that path is a file',
  ELOOP: 'its links go round in a circle',
  ENAMETOOLONG: 'the path is too long',
};

/** Opens (or makes) the folder where a local platform keeps everything, and locks it for this process. */
export function openDataFolder(path) {
  try {
    const folder = prepare(path);
    const lock = takeLock(join(folder, LOCK));
    if (lock.holder !== undefined) {
      throw new Problem(
        `Harka is already running on ${folder} (process ${lock.holder}): stop that one first, or choose another folder with HARKA_DATA_DIR.`,
      );
    }
    return new DataFolder(folder, lock);
  } catch (error) {
    const reason = REASONS[error.code];
    if (reason === undefined) throw error;
    throw new Problem(
      `The data folder ${path} cannot be used: ${reason}. Choose another with HARKA_DATA_DIR.`,
    );
  }
}

class DataFolder {
  #lock;

  constructor(path, lock) {
    this.path = path;
    this.#lock = lock;
  }

  file(...names) {
    return join(this.path, ...names);
  }

  /** A private folder inside. */
  folder(...names) {
    const path = this.file(...names);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  }

  logFile(name) {
    return join(this.folder('logs'), `${name}.log`);
  }

  /** What is remembered from start to start: ports, and where Postgres lives. */
  recall() {
    return readJson(this.file('state.json'), ANEW) ?? {};
  }

  remember(changes) {
    writeJson(this.file('state.json'), { ...this.recall(), ...changes });
  }

  /** Lets a reset go on where the notes cannot be read. */
  forgetDamaged() {
    try {
      this.recall();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      rmSync(this.file('state.json'));
    }
  }

  /** Removes all but the marker and our lock. */
  empty() {
    for (const name of readdirSync(this.path)) {
      if (name !== MARKER && name !== LOCK) rmSync(this.file(name), { recursive: true, force: true });
    }
  }

  release() {
    this.#lock.release();
  }
}

function prepare(path) {
  if (makeFolder(path)) chmodSync(path, MODE);
  if (!statSync(path).isDirectory()) {
    throw new Problem(
      `The data folder ${path} cannot be used: it is a file. Choose another with HARKA_DATA_DIR.`,
    );
  }
  const folder = realpathSync(path);
  const marker = readMarker(folder);
  if (marker === null) {
    if (readdirSync(folder).some((name) => name !== 'lost+found')) {
      throw new Problem(
        `${folder} holds other files and no ${MARKER}, so it is no data folder of Harka and nothing in it was touched: choose an empty one with HARKA_DATA_DIR.`,
      );
    }
    writeJson(join(folder, MARKER), { format: FORMAT, createdAt: new Date().toISOString() }, 0o644);
  } else if (marker.format !== FORMAT) {
    throw new Problem(
      `${folder} was written by another version of Harka (format ${marker.format}, not ${FORMAT}).`,
    );
  }
  const owner = statSync(join(folder, MARKER)).uid;
  if (owner !== process.getuid()) {
    throw new Problem(
      `${folder} belongs to user id ${owner}, not to you: start Harka as that user, or choose another folder with HARKA_DATA_DIR.`,
    );
  }
  return folder;
}

/** A marker that cannot be read marks nothing. */
function readMarker(folder) {
  try {
    return readJson(join(folder, MARKER));
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/**
 * Tells whether the last folder of the path had to be made. Node's own recursive mkdir is not asked:
 * where a file system refuses new folders with ENOENT (as /proc does) it tries for ever.
 */
function makeFolder(path) {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    if (!isErrorCode(error, 'ENOENT') || existsSync(dirname(path))) throw error;
  }
  makeFolder(dirname(path));
  mkdirSync(path);
  return true;
}
