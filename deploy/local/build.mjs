import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './install.mjs';
import { Problem } from './problem.mjs';

const STAMP = '.harka-build';
const NOT_SOURCE = /(^|\/)(node_modules|dist|testing)$|\.(spec|int-spec|e2e-spec)\.tsx?$|\.fake-[^/]+$|\.md$/;

/** The parts that are built, where each lands, and all that its result depends on. */
const PARTS = [
  {
    script: 'build:server',
    output: 'dist',
    sources: ['apps', 'libs', '.swcrc', 'package.json', 'package-lock.json'],
    leaveOut: ['apps/web'],
  },
  {
    script: 'build:web',
    output: 'apps/web/dist',
    sources: ['apps/web', 'libs', 'package.json', 'package-lock.json'],
    leaveOut: [],
  },
];

/** The parts whose sources have changed since they were built. */
export function staleParts(root) {
  return PARTS.map((part) => ({ ...part, digest: digest(root, part) })).filter((part) => {
    const stamp = join(root, part.output, STAMP);
    return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== part.digest;
  });
}

export async function build(root, children, part) {
  const { command, args } = npm();
  const { code, tail } = await children.run(
    part.script.replace(':', '-'),
    command,
    [...args, 'run', part.script],
    {
      cwd: root,
    },
  );
  if (code !== 0) {
    throw new Problem(
      `Building failed, "npm run ${part.script}" says:\n${tail.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  writeFileSync(join(root, part.output, STAMP), part.digest);
}

function digest(root, { sources, leaveOut }) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => files(root, source, leaveOut))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function files(root, path, leaveOut) {
  if (leaveOut.includes(path) || NOT_SOURCE.test(path) || !existsSync(join(root, path))) return [];
  let entries;
  try {
    entries = readdirSync(join(root, path));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
  return entries.sort().flatMap((name) => files(root, `${path}/${name}`, leaveOut));
}
