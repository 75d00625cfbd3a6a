// `npm run bench`: what "my courses with progress" costs through the gateway, beside a bare server, in one run, in turns.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { copyBare, fill, idOf, provision } from './academies.mjs';
import { cpuOf, cpuOfPostgres } from './cpu.mjs';
import { interleave, median, ratio } from './interleave.mjs';
import { tokenMaker } from './tokens.mjs';

const ACADEMIES = number('BENCH_ACADEMIES', 1_000);
const FEW = 10;
const COURSES = 20;
/** Learners with courses: of 300 in each of the few academies, of 30 in each other one. */
const USERS = { many: { academies: FEW, users: 300 }, few: { users: 30 } };
/** Who asks. As many in both cases, so that the gateway remembers as many sign-ins in one as in the other. */
const LEARNERS = 1_000;
const SETTINGS = { rounds: number('BENCH_ROUNDS', 15), sliceMs: number('BENCH_SLICE_MS', 1_500), atOnce: 32 };
const BARE = 'bare Fastify and pg';

const BARE_SQL = `
  SELECT e.id AS "enrolmentId", e.course_id AS "courseId", c.title, c.summary, c.cover_url AS "coverUrl",
         e.status, e.lessons_completed::float8 / e.lessons_total AS progress,
         e.lessons_completed AS "lessonsCompleted", e.lessons_total AS "lessonsTotal",
         e.next_lesson_id AS "nextLessonId", e.certificate_id AS "certificateId", e.due_at AS "dueAt",
         e.started_at AS "startedAt", e.completed_at AS "completedAt"
    FROM courses.enrolments e
    JOIN courses.courses c ON c.id = e.course_id
   WHERE e.user_id = $1 AND e.id < $2 AND e.status <> 'withdrawn' AND c.deleted_at IS NULL
   ORDER BY e.id DESC
   LIMIT $3`;

const platform = {
  baseUrl: named('HARKA_TEST_BASE_URL'),
  operatorToken: named('HARKA_TEST_OPERATOR_TOKEN'),
  dataDir: named('HARKA_TEST_DATA_DIR'),
  directoryUrl: named('HARKA_TEST_DIRECTORY_URL'),
  shards: JSON.parse(named('HARKA_TEST_SHARDS')),
};

say(`Provisioning ${ACADEMIES} academies …`);
const { academies, seconds } = await provision(platform, ACADEMIES);
say(`  ${seconds.toFixed(1)} s, ${((seconds / ACADEMIES) * 100).toFixed(1)} s for each hundred`);
const shard = platform.shards.find(({ name }) => name === academies[0].shard);
if (academies.some((academy) => academy.shard !== shard.name))
  throw new Error('The academies lie on several shards.');
say('Filling them with courses and enrolments, and a bare database with the same …');
const enrolments = await fill(shard.url, academies, { courses: COURSES, ...USERS });
const bareUrl = await copyBare(shard.url, 'harka_bench_bare');
say(`  ${enrolments} enrolments on each side`);

const bare = await startBare(bareUrl);
const measured = await measure(bare);
bare.process.kill('SIGTERM');
report(measured);

/** As many learners in both: what differs is over how many academies they are spread. */
async function learnersOf(count) {
  const token = await tokenMaker(platform.directoryUrl, secret('masterKey'));
  const { port } = new URL(platform.baseUrl);
  return Promise.all(
    Array.from({ length: LEARNERS }, async (_, index) => {
      const academy = index % count;
      const user = idOf('user', academy, Math.floor(index / count));
      return {
        path: '/api/v1/me/courses',
        headers: {
          host: `${academies[academy].slug}.localhost:${port}`,
          authorization: `Bearer ${await token(academies[academy].id, user)}`,
        },
      };
    }),
  );
}

async function measure({ address, process: server }) {
  const services = JSON.parse(readFileSync(join(platform.dataDir, 'run/services.pid'), 'utf8')).pid;
  const spent = (pid) => () => cpuOf(pid);
  const variants = [
    variant(BARE, address, bareRequests(), spent(server.pid)),
    variant(`${FEW} academies`, platform.baseUrl, await learnersOf(FEW), spent(services)),
    variant(`${ACADEMIES} academies`, platform.baseUrl, await learnersOf(ACADEMIES), spent(services)),
  ];
  say(`Measuring: ${SETTINGS.rounds} rounds of ${variants.length} slices of ${SETTINGS.sliceMs} ms …`);
  const results = await interleave(variants, SETTINGS);
  await Promise.all(variants.map(({ close }) => close()));
  return { results, variants };
}

function bareRequests() {
  return Array.from({ length: LEARNERS }, (_, index) => ({
    path: '/me/courses',
    headers: { 'x-user': idOf('user', index % FEW, Math.floor(index / FEW)) },
  }));
}

function variant(name, origin, requests, cpu) {
  const pool = new Pool(origin, { connections: SETTINGS.atOnce });
  let next = 0;
  const run = async () => {
    const { path, headers } = requests[next++ % requests.length];
    const answer = await pool.request({ method: 'GET', path, headers });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${name}: ${answer.statusCode} ${text}`);
    if (next <= 10 && JSON.parse(text).items.length !== COURSES)
      throw new Error(`${name}: not ${COURSES} courses`);
  };
  return {
    name,
    run,
    cpu: async () => cpu(),
    postgres: async () => cpuOfPostgres(postgresFolder()),
    close: () => pool.close(),
  };
}

function postgresFolder() {
  const { postgres } = JSON.parse(readFileSync(join(platform.dataDir, 'state.json'), 'utf8'));
  return join(postgres.home ?? platform.dataDir, 'postgres');
}

async function startBare(url) {
  const script = fileURLToPath(new URL('bare-server.mjs', import.meta.url));
  const server = spawn(process.execPath, [script, url, BARE_SQL, '8'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = line.match(/^listening (.*)$/)?.[1];
    if (address) return { address, process: server };
  }
  throw new Error('The bare server did not start.');
}

function report({ results, variants }) {
  const rows = variants.map(({ name }) => {
    const rounds = results.get(name);
    const of = (measure) => ({
      value: median(rounds.map(measure)),
      ratio: ratio(results, name, BARE, measure),
    });
    return {
      name,
      requestsPerSecond: of((round) => round.perSecond),
      p50Ms: of((round) => round.p50),
      p99Ms: of((round) => round.p99),
      cpuMicroseconds: of((round) => round.cpu),
      postgresCpuMicroseconds: of((round) => round.postgres),
    };
  });
  const [, few, many] = variants.map(({ name }) => name);
  const spread = {
    requestsPerSecond: ratio(results, many, few, (round) => round.perSecond),
    p99: ratio(results, many, few, (round) => round.p99),
    cpu: ratio(results, many, few, (round) => round.cpu),
  };
  const columns = [
    ['req/s', 'requestsPerSecond', 0],
    ['p50 ms', 'p50Ms', 1],
    ['p99 ms', 'p99Ms', 1],
    ['CPU µs', 'cpuMicroseconds', 0],
    ['Postgres µs', 'postgresCpuMicroseconds', 0],
  ];
  say('\nGET /api/v1/me/courses, medians; in brackets the ratio to the bare server');
  say(`${''.padEnd(22)}${columns.map(([title]) => title.padStart(18)).join('')}`);
  for (const row of rows) {
    const cells = columns.map(([, key, digits]) =>
      `${row[key].value.toFixed(digits)} (${row[key].ratio.toFixed(2)})`.padStart(18),
    );
    say(`${row.name.padEnd(22)}${cells.join('')}`);
  }
  say(
    `\n${many} against ${few}: CPU ${spread.cpu.toFixed(2)}, req/s ${spread.requestsPerSecond.toFixed(2)}, p99 ${spread.p99.toFixed(2)}`,
  );
  const file = fileURLToPath(new URL('../../bench-results.json', import.meta.url));
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0].model };
  const sizes = { academies: ACADEMIES, learners: LEARNERS, coursesEach: COURSES, enrolments };
  const provisioning = { academies: ACADEMIES, seconds };
  writeFileSync(
    file,
    `${JSON.stringify({ machine, settings: SETTINGS, sizes, provisioning, rows, spread }, null, 2)}\n`,
  );
  say(`Written to ${file}`);
}

function secret(name) {
  return JSON.parse(readFileSync(join(platform.dataDir, 'secrets.json'), 'utf8'))[name];
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
