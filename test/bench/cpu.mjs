import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const MICROSECONDS_PER_TICK = 10_000;

/** Microseconds that a process and its ended children have spent. */
export function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) * MICROSECONDS_PER_TICK;
}

/** Bytes of memory that are a process's own, and its share of what it shares. */
export function memoryOf(pid) {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) * 1024;
}

/** Of a whole Postgres server, its backends included: they all work in its folder. */
export function cpuOfPostgres(folder) {
  return pidsIn(folder).reduce((sum, pid) => sum + cpuOrNone(pid), 0);
}

function cpuOrNone(pid) {
  try {
    return cpuOf(pid);
  } catch (error) {
    // A backend that has just ended: its time is its parent's now.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0;
    throw error;
  }
}

function pidsIn(folder) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder;
      } catch {
        // Gone, or another user's, and so not one of ours.
        return false;
      }
    });
}
