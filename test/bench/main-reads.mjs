import pg from 'pg';
import { Pool } from 'undici';
import { createIds, idOf, provisionLarge } from './academies.mjs';

const SLUG = 'large';
const USERS = 10_000;
const COURSES = 200;
const EACH = 40;
const AT_ONCE = 8;

/** $1 is the tenant, $2 how many users, $3 how many courses; each user takes about 5 of them. */
const furnishing = [
  `INSERT INTO auth.users (tenant_id, id, email, name, role, status, department, team, created_at, updated_at)
   SELECT $1::uuid, pg_temp.id('user', '${SLUG}', n::text), 'learner-' || n || '@bench.example', 'Learner ' || n,
          CASE n WHEN 1 THEN 'owner' ELSE 'learner' END, 'active', 'Department ' || n % 40, 'Team ' || n % 200, now(), now()
     FROM generate_series(1, $2::int) n WHERE $3::int > 0`,
  `INSERT INTO courses.people (tenant_id, id, name, email, role, status)
   SELECT tenant_id, id, name, email, role, status FROM auth.users WHERE tenant_id = $1 AND $2::int + $3::int > 0`,
  `INSERT INTO courses.courses (tenant_id, id, title, summary, lessons, published_version, published_revision, published_at, created_at)
   SELECT $1::uuid, pg_temp.id('course', '${SLUG}', n::text), 'Course number ' || n, 'What the course is about.', 8, 1, 1, now(), now()
     FROM generate_series(1, $3::int) n WHERE $2::int > 0`,
  `INSERT INTO courses.drafts (tenant_id, course_id, revision, title, content, updated_at)
   SELECT tenant_id, id, 1, title, '{}', now() FROM courses.courses WHERE tenant_id = $1 AND $2::int + $3::int > 0`,
  `INSERT INTO courses.versions (tenant_id, course_id, number, title, description, outline, lessons, first_lesson_id, certificate, digest, published_at)
   SELECT tenant_id, id, 1, title, '{}', '[]', 8, id, true, 'digest', now()
     FROM courses.courses WHERE tenant_id = $1 AND $2::int + $3::int > 0`,
  `INSERT INTO courses.enrolments (tenant_id, id, course_id, version, user_id, source, status, lessons_total, lessons_completed, next_lesson_id, enrolled_at, started_at)
   SELECT p.tenant_id, gen_random_uuid(), c.id, 1, p.id, 'assigned', 'in_progress', 8, 3, c.id, now(), now()
     FROM courses.people p
     JOIN courses.courses c ON c.tenant_id = p.tenant_id AND ((hashtext(c.id::text) & 1023) + (hashtext(p.id::text) & 1023)) % 40 = 0
    WHERE p.tenant_id = $1 AND $2::int + $3::int > 0`,
];

/** The main reads of a tenant of 10,000 users on a shard of its own: 95th percentile of each, in milliseconds. */
export async function mainReads(platform) {
  const tenant = await provisionLarge(platform, SLUG, USERS);
  const enrolments = await furnish(platform.shards.find(({ name }) => name === tenant.shard).url, tenant);
  const owner = idOf('user', SLUG, 1);
  const course = idOf('course', SLUG, 1);
  const paths = [
    '/api/v1/me/courses',
    '/api/v1/me/certificates',
    '/api/v1/auth/me',
    '/api/v1/auth/sessions',
    '/api/v1/tenant',
    '/api/v1/organization',
    '/api/v1/catalogue',
    '/api/v1/catalogue?limit=100',
    '/api/v1/catalogue?q=number',
    `/api/v1/catalogue/${course}`,
    '/api/v1/courses?limit=100',
    `/api/v1/courses/${course}`,
    `/api/v1/courses/${course}/enrolments?limit=100`,
    `/api/v1/courses/${course}/versions`,
    '/api/v1/users?limit=100',
    '/api/v1/users?q=learner%20777',
    '/api/v1/users?role=owner',
    `/api/v1/users/${idOf('user', SLUG, 7)}`,
    '/api/v1/analytics/tenant',
    '/api/v1/audit?limit=100',
  ];
  const pool = new Pool(platform.baseUrl, { connections: AT_ONCE });
  const headers = {
    host: `${SLUG}.localhost:${new URL(platform.baseUrl).port}`,
    authorization: `Bearer ${await platform.tokenFor(tenant.id, owner, 'owner')}`,
  };
  const p95Ms = {};
  for (const path of paths)
    p95Ms[path.replaceAll(/[0-9a-f-]{36}/g, ':id')] = await percentile95(pool, path, headers);
  await pool.close();
  return { users: USERS, enrolments, p95Ms };
}

async function furnish(url, tenant) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await createIds(client);
  for (const statement of furnishing) await client.query(statement, [tenant.id, USERS, COURSES]);
  await client.query('ANALYZE');
  const { rows } = await client.query(
    'SELECT count(*)::int AS count FROM courses.enrolments WHERE tenant_id = $1',
    [tenant.id],
  );
  await client.end();
  return rows[0].count;
}

async function percentile95(pool, path, headers) {
  const latencies = [];
  let left = EACH;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        const began = performance.now();
        const answer = await pool.request({ method: 'GET', path, headers });
        const text = await answer.body.text();
        if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
        latencies.push(performance.now() - began);
      }
    }),
  );
  latencies.sort((one, other) => one - other);
  return latencies[Math.floor(latencies.length * 0.95)];
}
