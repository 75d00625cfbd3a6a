import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Pool } from 'undici';
import { copyBare, fill, idOf, provision } from './academies.mjs';
import { cpuOf, cpuOfPostgres, memoryOf } from './cpu.mjs';
import { interleave, median, ratio } from './interleave.mjs';

const FEW = 10;
const COURSES = 20;
/** Learners with courses in each of the few academies, and in each of the others. */
const USERS = { few: 300, others: 30 };
/** Who asks: as many in both cases, so that the gateway remembers as many sign-ins in one as in the other. */
const LEARNERS = 1_000;
const CONNECTIONS = 32;
const WARM_UP = { rounds: 1, sliceMs: 1_500, atOnce: CONNECTIONS };
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

/**
 * GET /api/v1/me/courses through the gateway, for few academies and for many, beside a bare server that runs the same
 * statement on the same rows without tenants and without a sign-in.
 */
export async function measureMyCourses(platform, { academies: many, rounds, sliceMs, say }) {
  const settings = { rounds, sliceMs, atOnce: CONNECTIONS };
  const slugs = Array.from({ length: many }, (_, number) => `bench-${number}`);

  say(`Provisioning ${FEW} academies, then ${many - FEW} more …`);
  const first = await provision(platform, slugs.slice(0, FEW));
  const shard = platform.shards.find(({ name }) => name === first.academies[0].shard);
  await fill(shard.url, first.academies, { courses: COURSES, users: USERS.few });
  const few = await gatewayVariant(platform, first.academies, `${FEW} academies`);
  await interleave([few], WARM_UP);
  const atFew = await footprint(platform, shard);

  const rest = await provision(platform, slugs.slice(FEW));
  say(`  ${((rest.seconds / (many - FEW)) * 100).toFixed(1)} s for each hundred`);
  const academies = [...first.academies, ...rest.academies];
  if (academies.some((academy) => academy.shard !== shard.name))
    throw new Error('The academies lie on several shards.');
  const enrolments = await fill(shard.url, rest.academies, { courses: COURSES, users: USERS.others });
  const bareUrl = await copyBare(shard.url, 'harka_bench_bare');

  const server = await startBare(bareUrl);
  const bare = bareVariant(platform, first.academies, server);
  const all = await gatewayVariant(platform, academies, `${many} academies`);
  const variants = [bare, few, all];
  say(
    `Measuring: ${rounds} rounds of ${variants.length} slices of ${sliceMs} ms; ${enrolments} enrolments on each side …`,
  );
  const results = await interleave(variants, settings);
  const atMany = await footprint(platform, shard);
  await Promise.all(variants.map(({ close }) => close()));
  server.process.kill('SIGTERM');
  return {
    sizes: { academies: many, learners: LEARNERS, coursesEach: COURSES, enrolments },
    provisioning: { academies: many - FEW, seconds: rest.seconds },
    footprint: { [few.name]: atFew, [all.name]: atMany },
    rows: variants.map(({ name }) => rowOf(results, name)),
    spread: {
      cpu: ratio(results, all.name, few.name, (round) => round.cpu),
      requestsPerSecond: ratio(results, all.name, few.name, (round) => round.perSecond),
      p99: ratio(results, all.name, few.name, (round) => round.p99),
    },
  };
}

async function gatewayVariant(platform, academies, name) {
  const { port } = new URL(platform.baseUrl);
  const requests = await Promise.all(
    Array.from({ length: LEARNERS }, async (_, index) => {
      const { id, slug } = academies[index % academies.length];
      const user = idOf('user', slug, Math.floor(index / academies.length));
      const authorization = `Bearer ${await platform.tokenFor(id, user)}`;
      return { path: '/api/v1/me/courses', headers: { host: `${slug}.localhost:${port}`, authorization } };
    }),
  );
  return variant(name, platform, platform.baseUrl, requests, () => cpuOf(platform.pid));
}

function bareVariant(platform, academies, { address, process: server }) {
  const requests = Array.from({ length: LEARNERS }, (_, index) => ({
    path: '/me/courses',
    headers: { 'x-user': idOf('user', academies[index % FEW].slug, Math.floor(index / FEW)) },
  }));
  return variant(BARE, platform, address, requests, () => cpuOf(server.pid));
}

function variant(name, { postgresFolder }, origin, requests, cpu) {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  let next = 0;
  const run = async () => {
    const { path, headers } = requests[next % requests.length];
    next += 1;
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
    postgres: async () => cpuOfPostgres(postgresFolder),
    close: () => pool.close(),
  };
}

async function startBare(url) {
  const script = fileURLToPath(new URL('bare-server.mjs', import.meta.url));
  // With the room for short-lived objects that the services have.
  const server = spawn(process.execPath, ['--max-semi-space-size=64', script, url, BARE_SQL, '8'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = line.match(/^listening (.*)$/)?.[1];
    if (address) return { address, process: server };
  }
  throw new Error('The bare server did not start.');
}

/** What must not grow with academies: connections to their shard, and memory. */
async function footprint(platform, shard) {
  const client = new pg.Client({ connectionString: shard.url });
  await client.connect();
  const { rows } = await client.query(
    `SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'harka%'`,
  );
  await client.end();
  return { connections: rows[0].open, memoryMb: Math.round(memoryOf(platform.pid) / 1e6) };
}

function rowOf(results, name) {
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
}
