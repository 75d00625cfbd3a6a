import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './files.mjs';
import { Problem } from './problem.mjs';

const STAMP = '.harka-install';
const INSTALL = ['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund'];
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/** Tells whether node_modules holds what package-lock.json asks for, on this kind of machine. */
export function packagesAreCurrent(root) {
  const modules = join(root, 'node_modules');
  const wanted = fingerprint(root);
  const stamp = join(modules, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  // Somebody may have run npm by hand; npm notes what it has put there.
  if (!holds(readJson(join(modules, '.package-lock.json')), readJson(join(root, 'package-lock.json'))))
    return false;
  writeFileSync(stamp, wanted);
  return true;
}

export async function installPackages(root, children) {
  const { command, args } = npm();
  const errors = [];
  const collect = (line) => {
    const text = line.match(/^npm (?:error|ERR!)\s*(.*)$/)?.[1];
    if (text) errors.push(text);
  };
  const { code, signal } = await children.run('npm', command, [...args, ...INSTALL], {
    cwd: root,
    onLine: collect,
  });
  if (code !== 0) throw new Problem(explain(errors, signal ?? `exit code ${code}`));
  writeFileSync(join(root, 'node_modules', STAMP), fingerprint(root));
}

/** The npm that runs us, else the one on the path. */
export function npm(environment = process.env) {
  const cli = environment.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return { command: process.execPath, args: [cli] };
  return { command: 'npm', args: [] };
}

function fingerprint(root) {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'package-lock.json')));
  return `${process.platform}-${process.arch}-${process.versions.modules} ${hash.digest('hex')}\n`;
}

/** Optional packages may be absent: most are for other kinds of machine. */
function holds(installed, locked) {
  const present = installed?.packages;
  if (present === undefined) return false;
  const same = (path) =>
    present[path]?.version === locked.packages[path]?.version &&
    present[path]?.integrity === locked.packages[path]?.integrity;
  return (
    Object.keys(present).every((path) => path in locked.packages) &&
    Object.entries(locked.packages).every(
      ([path, entry]) => path === '' || (path in present ? same(path) : entry.optional === true),
    )
  );
}

/** npm begins with a code and what happened, and goes on with pages of advice. */
function explain(errors, fallback) {
  const unreachable = errors.join('\n').match(UNREACHABLE);
  if (unreachable) {
    return `npm could not reach its package registry (${unreachable[1]}): packages must be installed once with a network, then npm start works without.`;
  }
  const reason = errors.slice(0, 3).join(' ');
  return `Installing packages with "npm ci --include=dev" failed: ${reason || fallback}.`;
}
