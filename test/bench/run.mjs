// `npm run bench` starts a platform and then this: ratios measured side by side, on the terminal and in bench-results.json.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mainReads } from './main-reads.mjs';
import { measureMyCourses } from './my-courses.mjs';
import { measureSignIns } from './sign-ins.mjs';
import { tokenMaker } from './tokens.mjs';

const COLUMNS = [
  ['req/s', 'requestsPerSecond', 0],
  ['p50 ms', 'p50Ms', 1],
  ['p99 ms', 'p99Ms', 1],
  ['CPU µs', 'cpuMicroseconds', 0],
  ['Postgres µs', 'postgresCpuMicroseconds', 0],
];

const dataFolder = named('HARKA_TEST_DATA_DIR');
const kept = (name) => JSON.parse(readFileSync(join(dataFolder, name), 'utf8'));
const platform = {
  baseUrl: named('HARKA_TEST_BASE_URL'),
  operatorToken: named('HARKA_TEST_OPERATOR_TOKEN'),
  shards: JSON.parse(named('HARKA_TEST_SHARDS')),
  pid: kept('run/services.pid').pid,
  postgresFolder: join(kept('state.json').postgres.home ?? dataFolder, 'postgres'),
  tokenFor: await tokenMaker(named('HARKA_TEST_DIRECTORY_URL'), kept('secrets.json').masterKey),
};

const myCourses = await measureMyCourses(platform, {
  academies: number('BENCH_ACADEMIES', 1_000),
  rounds: number('BENCH_ROUNDS', 15),
  sliceMs: number('BENCH_SLICE_MS', 1_500),
  say,
});
printMyCourses(myCourses);
const reads = await mainReads(platform);
say(`\nMain reads of an academy of ${reads.users} users and ${reads.enrolments} enrolments, p95 in ms`);
for (const [path, p95] of Object.entries(reads.p95Ms)) say(`  ${p95.toFixed(1).padStart(8)}  ${path}`);
const signIns = await measureSignIns(platform, {
  port: Number(named('HARKA_TEST_OPENID_PORT')),
  rounds: number('BENCH_SIGN_IN_ROUNDS', 7),
  each: number('BENCH_SIGN_INS', 200),
  say,
});
printSignIns(signIns);
const checks = reportOf('checks.mjs', ['--json']);
const router = reportOf('naming-the-tenant.mjs', ['12', '120', '--json']);

const file = fileURLToPath(new URL('../../bench-results.json', import.meta.url));
const machine = { node: process.version, cpus: cpus().length, model: cpus()[0].model };
writeFileSync(
  file,
  `${JSON.stringify({ machine, myCourses, mainReads: reads, signIns, checks, router }, null, 2)}\n`,
);
say(`\nWritten to ${file}`);

function printMyCourses({ rows, spread, footprint }) {
  say('\nGET /api/v1/me/courses, medians; in brackets the ratio to the bare server');
  say(`${''.padEnd(22)}${COLUMNS.map(([title]) => title.padStart(18)).join('')}`);
  for (const row of rows) {
    const cells = COLUMNS.map(([, key, digits]) =>
      `${row[key].value.toFixed(digits)} (${row[key].ratio.toFixed(2)})`.padStart(18),
    );
    say(`${row.name.padEnd(22)}${cells.join('')}`);
  }
  const [few, many] = Object.entries(footprint);
  const { cpu, requestsPerSecond, p99 } = spread;
  say(
    `${many[0]} against ${few[0]}: CPU ${cpu.toFixed(2)}, req/s ${requestsPerSecond.toFixed(2)}, p99 ${p99.toFixed(2)}`,
  );
  for (const [name, { connections, memoryMb }] of [few, many]) {
    say(`  ${name}: ${connections} connections to the shard, ${memoryMb} MB`);
  }
}

/** Each from what the browser brings to the session that it gets. */
function printSignIns(rows) {
  say('\nSigning in, and people by SCIM, through the gateway: medians');
  const titles = ['a second', 'p50 ms', 'p99 ms', 'CPU ms', 'Postgres ms'];
  say(`${''.padEnd(22)}${titles.map((title) => title.padStart(12)).join('')}`);
  for (const { name, perSecond, p50Ms, p99Ms, cpuMs, postgresCpuMs } of rows) {
    const cells = [perSecond, p50Ms, p99Ms, cpuMs, postgresCpuMs].map((cell) => cell.toFixed(1).padStart(12));
    say(`${name.padEnd(22)}${cells.join('')}`);
  }
}

/** Of a measurement that needs no platform: it prints what it found, and its last line is JSON. */
function reportOf(name, given) {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [script, ...given], {
    env: { ...process.env, HARKA_TEST_POSTGRES_URL: platform.shards[0].url },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script} failed.`);
  const lines = stdout.trimEnd().split('\n');
  const report = JSON.parse(lines.pop());
  say(lines.join('\n'));
  return report;
}

function named(name) {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: run this with "npm run bench".`);
}

function number(name, usual) {
  return Number(process.env[name] ?? usual);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
