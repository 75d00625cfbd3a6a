import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './problem.mjs';

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
// A private server is what we want: the packages must not start a system-wide one besides.
const QUIET = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1', SYSTEMD_OFFLINE: '1' };
const OPTIONS = ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];

/** The path of a program, looked for where a plain user's PATH may not lead too; null when there is none. */
export function findProgram(name, environment = process.env) {
  const folders = [...(environment.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return (
    folders
      .filter(Boolean)
      .map((folder) => join(folder, name))
      .find(isExecutable) ?? null
  );
}

/**
 * Finds a program, installing its Debian packages where that is allowed.
 * `otherwise` ends the sentence that tells what else the person can do.
 */
export async function requireProgram(children, { name, packages, otherwise = '' }) {
  return requirePresent(children, {
    what: `The program ${name}`,
    find: () => findProgram(name),
    packages,
    otherwise,
  });
}

/** A module of the system's own Python, installing its Debian package where that is allowed. */
export async function requirePythonModule(children, { module, packages }) {
  const find = () => {
    const found = spawnSync('/usr/bin/python3', ['-c', `import ${module}`], { stdio: 'ignore' });
    return found.status === 0 ? module : null;
  };
  return requirePresent(children, { what: `The Python module ${module}`, find, packages });
}

async function requirePresent(children, { what, find, packages, otherwise = '' }) {
  const present = find();
  if (present) return present;
  const command = `apt-get install ${packages.join(' ')}`;
  const missing = `${what} is missing`;
  const aptGet = findProgram('apt-get');
  if (!aptGet) throw new Problem(`${missing}: install it with your system's package manager${otherwise}.`);
  if (process.getuid() !== 0) throw new Problem(`${missing}: run "sudo ${command}"${otherwise}.`);

  const run = (...args) =>
    children.run('apt-get', aptGet, args, { env: { ...process.env, ...QUIET }, cwd: '/' });
  const install = () => run('install', ...OPTIONS, ...packages);
  let result = await install();
  if (result.code !== 0) {
    // The lists may be old, or not there at all.
    await run('update', '-q');
    result = await install();
  }
  const installed = result.code === 0 ? find() : null;
  if (installed) return installed;
  const reason = result.tail.findLast((line) => line.startsWith('E:')) ?? `exit code ${result.code}`;
  throw new Problem(`${missing} and "${command}" failed (${reason}): install it by hand${otherwise}.`);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: the search goes on.
    return false;
  }
}
