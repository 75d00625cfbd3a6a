// GET /api/v1/me/courses through the gateway against a bare server that runs the same statement, at 10 and at 1,000 tenants; and the main reads of
// a tenant of 10,000 users. Called by `npm run bench`, which starts the platform.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { call, furnish, provision, readerId, tokenIssuer } from './academies.mjs';
import { median } from './interleave.mjs';
import { memoryOf, slice } from './load.mjs';
import { mainReads } from './main-reads.mjs';

const SLICE_MS = 1_500;
const ROUNDS = Number(process.env.HARKA_BENCH_ROUNDS ?? 8);
const MANY = Number(process.env.HARKA_BENCH_TENANTS ?? 1_000);

const base = process.env.HARKA_TEST_BASE_URL;
const port = new URL(base).port;
const hostOf = (label) => `${label}.localhost:${port}`;
const operatorToken = process.env.HARKA_TEST_OPERATOR_TOKEN;
const shards = JSON.parse(process.env.HARKA_TEST_SHARDS);
const shardUrl = shards.find(({ tier }) => tier === 'medium').url;
const platform = { base, hostOf, operatorToken };
const pid = pidOf(process.env.HARKA_TEST_DATA_DIR);

const issue = await tokenIssuer(process.env.HARKA_TEST_DIRECTORY_URL);
const few = await prepare(Array.from({ length: 10 }, (_, n) => `bench-${n}`));
const bare = await startBare();
const readers = { few: await readersOf(few) };
await untilAccepted(readers.few[0]);

const first = await rounds({ bare: bareSlice(few), harka: harkaSlice(readers.few) });
const connectionsAtFew = await connections();
const memoryAtFew = memoryOf(pid);

const provisioning = performance.now();
const rest = await prepare(Array.from({ length: MANY - few.length }, (_, n) => `many-${n}`));
const provisioned = (performance.now() - provisioning) / 1000;
readers.many = await readersOf([...few, ...rest]);
// Of many tenants one reader each, of few tenants all: the same number of tokens, so that only the tenants differ.
readers.spread = await readersOf(few, Math.ceil(readers.many.length / few.length / 1));
const second = await rounds({
  bare: bareSlice(few),
  few: harkaSlice(readers.spread),
  many: harkaSlice(readers.many),
});
const connectionsAtMany = await connections();
const memoryAtMany = memoryOf(pid);
const reads = await mainReads({
  ...platform,
  issue,
  directoryUrl: process.env.HARKA_TEST_DIRECTORY_URL,
  shards,
});
bare.stop();

const results = {
  'my courses, gateway and service against bare': compare(first, 'harka', 'bare'),
  [`my courses, ${MANY} tenants against 10`]: compare(second, 'many', 'few'),
  [`my courses at ${MANY} tenants against bare`]: compare(second, 'many', 'bare'),
  bare: absolute(first.bare),
  harka: absolute(first.harka),
  connections: { at10: connectionsAtFew, [`at${MANY}`]: connectionsAtMany },
  memoryMB: { at10: Math.round(memoryAtFew / 1e6), [`at${MANY}`]: Math.round(memoryAtMany / 1e6) },
  provisioning: { tenants: rest.length, seconds: Number(provisioned.toFixed(1)) },
  mainReads: reads,
};
process.stdout.write(`${JSON.stringify(results)}\n`);
process.exit(0);

async function prepare(slugs) {
  const tenants = await provision(platform, slugs);
  await furnish(shardUrl, tenants);
  return tenants;
}

async function readersOf(tenants, each = 1) {
  const made = [];
  for (const tenant of tenants) {
    for (let number = 1; number <= each; number += 1) {
      made.push({ host: hostOf(tenant.slug), token: await issue(tenant, ((number - 1) % 20) + 1) });
    }
  }
  return made;
}

async function untilAccepted({ host, token }) {
  for (let tries = 1; ; tries += 1) {
    const { status, text } = await call(base, host, {
      path: '/api/v1/me/courses',
      headers: { authorization: `Bearer ${token}` },
    });
    if (status === 200 && JSON.parse(text).items.length === 20) return;
    if (tries > 150) throw new Error(`The platform does not take the benchmark's token: ${status} ${text}`);
    await delay(500);
  }
}

function harkaSlice(readers) {
  let turn = 0;
  const next = () => {
    const { host, token } = readers[turn++ % readers.length];
    return { path: '/api/v1/me/courses', headers: { host, authorization: `Bearer ${token}` } };
  };
  return { base, next, pid };
}

function bareSlice(tenants) {
  let turn = 0;
  const next = () => {
    const number = turn++;
    const { id } = tenants[number % tenants.length];
    return { path: `/my-courses/${id}/${readerId(id, (number % 20) + 1)}`, headers: {} };
  };
  return { base: bare.url, next, pid: bare.pid };
}

/** Each variant once a round, in turn, so that whatever else happens hits all alike. The first round warms up. */
async function rounds(variants) {
  const measured = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, variant] of Object.entries(variants)) {
      const outcome = await slice({ ...variant, ms: SLICE_MS });
      if (round > 0) measured[name].push(outcome);
    }
  }
  return measured;
}

function compare(measured, name, against) {
  const ratio = (key) =>
    Number(median(measured[name].map((one, round) => one[key] / measured[against][round][key])).toFixed(2));
  return { cpu: ratio('cpu'), perSecond: ratio('perSecond'), p99: ratio('p99') };
}

function absolute(slices) {
  const of = (key) => Number(median(slices.map((one) => one[key])).toFixed(1));
  return { perSecond: of('perSecond'), cpuMicroseconds: of('cpu'), p99Milliseconds: of('p99') };
}

async function connections() {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: shardUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT count(*)::int AS open FROM pg_stat_activity WHERE usename LIKE 'harka%' AND datname LIKE '%medium%'`,
  );
  await client.end();
  return rows[0].open;
}

async function startBare() {
  const free = await new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: found } = probe.address();
      probe.close(() => resolve(found));
    });
  });
  const server = spawn(process.execPath, [new URL('bare-server.mjs', import.meta.url).pathname], {
    env: { ...process.env, BARE_DATABASE_URL: shardUrl, BARE_PORT: String(free) },
    stdio: 'inherit',
  });
  const url = `http://127.0.0.1:${free}`;
  for (let tries = 0; tries < 50; tries += 1) {
    await delay(100);
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) break;
  }
  return { url, pid: server.pid, stop: () => server.kill() };
}

/** The process that runs every service on this data folder. */
function pidOf(dataDir) {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const isAll = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('apps/all/src/main.js');
      const isOurs = readFileSync(`/proc/${name}/environ`, 'utf8').includes(`HARKA_DATA_DIR=${dataDir}`);
      const isNode = readFileSync(`/proc/${name}/comm`, 'utf8').startsWith('node') || isAll;
      if (isAll && isOurs && isNode) return Number(name);
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`No platform runs on ${dataDir}.`);
}
