import pg from 'pg';
import { call, readerId } from './academies.mjs';

const USERS = 10_000;
const EACH = 40;
const AT_ONCE = 8;

const furnishing = [
  `INSERT INTO auth.users (tenant_id, id, email, name, role, status, department, team, created_at, updated_at)
   SELECT $1::uuid, (left($1::text, 24) || to_hex(x'a00000000000'::bigint + n))::uuid, 'learner-' || n || '@bench.example', 'Learner ' || n,
          CASE n WHEN 1 THEN 'owner' ELSE 'learner' END, 'active', 'Department ' || n % 40, 'Team ' || n % 200, now(), now()
     FROM generate_series(1, $2::int) n`,
  `INSERT INTO courses.people (tenant_id, id, name, email, role, status)
   SELECT tenant_id, id, name, email, role, status FROM auth.users WHERE tenant_id = $1 AND $2::int > 0`,
  `INSERT INTO courses.courses (tenant_id, id, title, summary, lessons, published_version, published_revision, published_at, created_at)
   SELECT $1::uuid, (left($1::text, 24) || 'c00000000' || to_char(n, 'FM000'))::uuid, 'Course number ' || n, 'What the course is about.', 8, 1, 1, now(), now()
     FROM generate_series(1, 200) n WHERE $2::int > 0`,
  `INSERT INTO courses.versions (tenant_id, course_id, number, title, description, outline, lessons, first_lesson_id, certificate, digest, published_at)
   SELECT tenant_id, id, 1, title, '{}', '[]', 8, id, true, 'digest', now() FROM courses.courses WHERE tenant_id = $1 AND $2::int > 0`,
  `INSERT INTO courses.enrolments (tenant_id, id, course_id, version, user_id, source, status, lessons_total, lessons_completed, next_lesson_id, enrolled_at, started_at)
   SELECT p.tenant_id, gen_random_uuid(), c.id, 1, p.id, 'assigned', 'in_progress', 8, 3, c.id, now(), now()
     FROM courses.people p
     JOIN courses.courses c ON c.tenant_id = p.tenant_id AND ((hashtext(c.id::text) & 1023) + (hashtext(p.id::text) & 1023)) % 40 = 0
    WHERE p.tenant_id = $1 AND $2::int > 0`,
  'ANALYZE',
];

/** The main reads of a tenant of 10,000 users on a shard of its own: 95th percentile of each, in milliseconds. */
export async function mainReads({ base, hostOf, operatorToken, issue, shards }) {
  const { status, text } = await call(base, hostOf('admin'), {
    method: 'POST',
    path: '/api/v1/operator/tenants',
    headers: { authorization: `Bearer ${operatorToken}` },
    body: { slug: 'large', name: 'A large academy', plan: 'enterprise', expectedUsers: USERS },
  });
  if (status !== 201) throw new Error(`Provisioning the large academy: ${status} ${text}`);
  const tenant = JSON.parse(text);
  const client = new pg.Client({ connectionString: shards.find(({ name }) => name === tenant.shard).url });
  await client.connect();
  for (const statement of furnishing)
    await client.query(statement, statement === 'ANALYZE' ? [] : [tenant.id, USERS]);
  const { rows } = await client.query(
    'SELECT count(*)::int AS enrolments FROM courses.enrolments WHERE tenant_id = $1',
    [tenant.id],
  );
  await client.end();

  const headers = { authorization: `Bearer ${await issue(tenant, 1, 'owner')}` };
  const courseId = `${tenant.id.slice(0, 24)}c00000000001`;
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
    `/api/v1/catalogue/${courseId}`,
    '/api/v1/courses?limit=100',
    `/api/v1/courses/${courseId}`,
    `/api/v1/courses/${courseId}/enrolments?limit=100`,
    `/api/v1/courses/${courseId}/versions`,
    '/api/v1/users?limit=100',
    '/api/v1/users?q=learner%20777',
    '/api/v1/users?role=owner',
    `/api/v1/users/${readerId(tenant.id, 7)}`,
    '/api/v1/analytics/tenant',
    '/api/v1/audit?limit=100',
  ];
  const measured = {};
  for (const path of paths) measured[path] = await percentile95(base, hostOf('large'), path, headers);
  const slowest = Object.entries(measured).sort(([, one], [, other]) => other - one)[0];
  return {
    users: USERS,
    ...rows[0],
    reads: paths.length,
    slowest: { path: slowest[0].replace(courseId, ':id'), p95: slowest[1] },
  };
}

async function percentile95(base, host, path, headers) {
  const latencies = [];
  let left = EACH;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) {
        const begun = performance.now();
        const { status, text } = await call(base, host, { path, headers });
        if (status !== 200) throw new Error(`${path}: ${status} ${text.slice(0, 300)}`);
        latencies.push(performance.now() - begun);
      }
    }),
  );
  latencies.sort((one, other) => one - other);
  return Number(latencies[Math.floor(latencies.length * 0.95)].toFixed(1));
}
