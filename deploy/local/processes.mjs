import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrorCode } from './problem.mjs';

const POLL_MS = 50;

/** What /proc tells of a process, or null when it is gone (a zombie is gone: only its entry is left). */
export function inspect(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT', 'ESRCH')) return null;
    throw error;
  }
  // The second field is the program's name in brackets and may hold anything, so count from its end.
  const [state, , group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return null;
  return { pid: Number(pid), group: Number(group), startedAt: Number(rest[16]) };
}

/** Names one process for good: a pid is used again, the pair of start time and boot is not. */
export function identify(pid) {
  const found = inspect(pid);
  return found && { pid: found.pid, startedAt: found.startedAt, boot: bootId() };
}

export function isAlive(identity) {
  const now = identify(identity.pid);
  return now !== null && now.startedAt === identity.startedAt && now.boot === identity.boot;
}

function bootId() {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function all() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => inspect(pid))
    .filter((found) => found !== null);
}

export function inGroup(group) {
  return all().filter((found) => found.group === group);
}

/** Processes whose working folder is this one or lies below it, as a Postgres server's and its workers' does. */
export function workingIn(folder) {
  return all().filter(({ pid }) => {
    try {
      const current = readlinkSync(`/proc/${pid}/cwd`);
      return current === folder || current.startsWith(`${folder}/`);
    } catch (error) {
      // Gone meanwhile, or another user's.
      if (isErrorCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return false;
      throw error;
    }
  });
}

/** @returns {boolean} whether there was anybody to receive it */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'ESRCH')) return false;
    throw error;
  }
}

/** Waits until `busy` is false; tells whether that happened in time. */
export async function quietWithin(milliseconds, busy) {
  const deadline = performance.now() + milliseconds;
  while (busy()) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/**
 * Ends a whole process group, asking first: `signals` is a list of [name, milliseconds to wait].
 * Tells which signal did it, or null when nobody was there.
 */
export async function endGroup(group, signals) {
  const busy = () => inGroup(group).length > 0;
  if (!busy()) return null;
  for (const [name, patience] of signals) {
    signal(-group, name);
    if (await quietWithin(patience, busy)) return name;
  }
  throw new Error(`Process group ${group} does not end.`);
}

/** Ends every process that works in a folder. */
export async function endThoseIn(folder, signals) {
  const busy = () => workingIn(folder).length > 0;
  for (const [name, patience] of signals) {
    for (const { pid } of workingIn(folder)) signal(pid, name);
    if (await quietWithin(patience, busy)) return;
  }
  throw new Error(`Processes in ${folder} do not end.`);
}
