import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isErrorCode } from './problem.mjs';
import { identify, isAlive } from './processes.mjs';

/**
 * Takes a lock file for this process, over that of a dead owner if need be.
 * Tells {release} or, when a living process holds it, {holder: pid}.
 */
export function takeLock(file) {
  const mine = JSON.stringify(identify(process.pid));
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (;;) {
      if (linked(draft, file)) return { release: () => releaseLock(file, mine) };
      const theirs = read(file);
      if (theirs === null) continue;
      const holder = parse(theirs);
      if (holder !== null && isAlive(holder)) return { holder: holder.pid };
      setAside(file, theirs);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function linked(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Another starter may have replaced the dead owner's lock since we read it: then it is put back. */
function setAside(file, expected) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  if (read(aside) !== expected) linked(aside, file);
  rmSync(aside, { force: true });
}

function releaseLock(file, mine) {
  if (read(file) === mine) rmSync(file, { force: true });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function parse(text) {
  try {
    const value = JSON.parse(text);
    return Number.isInteger(value?.pid) ? value : null;
  } catch {
    // Half written by a machine that went down: nobody's.
    return null;
  }
}
