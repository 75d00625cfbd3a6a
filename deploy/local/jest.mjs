import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { warn } from './console.mjs';
import { readJson } from './files.mjs';
import { Stopped } from './problem.mjs';
import { NOTHING, add, ofJest, skippedTitles } from './tally.mjs';

const LINGER_MS = 30_000;
const POLL_MS = 1_000;
const KILL = [['SIGKILL', 5_000]];
const FAILURE = { ...NOTHING, failed: 1 };

/** The files of a Jest project that match the arguments. */
export async function listTests({ root, children, project, filter }) {
  const lines = [];
  await children.run(
    'jest-list',
    process.execPath,
    [...jest(root), ...filter, '--listTests', '--passWithNoTests', '--selectProjects', project],
    { cwd: root, onLine: (line) => lines.push(line), onErrorLine: warn },
  );
  return lines.filter((line) => line.startsWith('/'));
}

/** Runs Jest projects to their end and counts. What Jest itself prints goes straight to the terminal. */
export async function runJest({ root, children, projects, filter, environment, workers, reportFile }) {
  rmSync(reportFile, { force: true });
  const child = await children.command(
    'jest',
    process.execPath,
    [
      ...jest(root),
      ...filter,
      '--ci',
      '--json',
      `--outputFile=${reportFile}`,
      `--maxWorkers=${workers}`,
      '--selectProjects',
      ...projects,
    ],
    { cwd: root, env: environment, output: 'inherit' },
  );
  const lingered = await endsByItself(child, reportFile);
  const { code, signal } = await child.ended;
  if (children.closed) throw new Stopped();
  const report = readJson(reportFile);
  if (report === null) {
    warn(`Jest ended without a report (${signal ?? `exit code ${code}`}).`);
    return FAILURE;
  }
  skippedTitles(report).forEach((title) => warn(`skipped: ${title}`));
  const tally = ofJest(report);
  if (lingered) {
    warn(`Jest did not end within ${LINGER_MS / 1000} s of its last test: a test has left something open.`);
    return add(tally, FAILURE);
  }
  if (code !== 0 && tally.failed === 0) {
    warn(`Jest failed without a failed test (${signal ?? `exit code ${code}`}).`);
    return add(tally, FAILURE);
  }
  return tally;
}

/** Tells whether it had to be ended. */
async function endsByItself(child, reportFile) {
  let reportedAt = null;
  for (;;) {
    const ended = await Promise.race([child.ended.then(() => true), sleep(POLL_MS, false)]);
    if (ended) return false;
    if (!existsSync(reportFile)) continue;
    reportedAt ??= performance.now();
    if (performance.now() - reportedAt < LINGER_MS) continue;
    await child.end(KILL);
    return true;
  }
}

// Paths come before the options: `--selectProjects` would take those that follow for projects.
function jest(root) {
  return ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')];
}
