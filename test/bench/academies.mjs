import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Pool } from 'undici';

const AT_ONCE = 8;

/** A UUID (version 8) that the same parts give in SQL (`createIds`) and here. */
export function idOf(kind, ...numbers) {
  const hex = createHash('md5')
    .update([kind, ...numbers].join(':'))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Makes `pg_temp.id(parts…)` on a connection, and lets it write rows that refer to each other without looking each up. */
export async function createIds(client) {
  await client.query('SET session_replication_role = replica');
  await client.query(`
    CREATE FUNCTION pg_temp.id(VARIADIC parts text[]) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
      SELECT overlay(overlay(md5(array_to_string(parts, ':')) PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid $$`);
}

/** Provisions academies through the operator's API, as anybody would; tells them in order, and how long it took. */
export async function provision({ baseUrl, operatorToken }, slugs) {
  const pool = new Pool(baseUrl, { connections: AT_ONCE });
  const began = performance.now();
  const academies = new Array(slugs.length);
  const left = slugs.entries();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [index, slug] of left)
        academies[index] = await create(pool, { baseUrl, operatorToken, slug });
    }),
  );
  await pool.close();
  return { academies, seconds: (performance.now() - began) / 1000 };
}

async function create(pool, { baseUrl, operatorToken, slug, expectedUsers = 300 }) {
  for (;;) {
    const answer = await pool.request({
      method: 'POST',
      path: '/api/v1/operator/tenants',
      headers: {
        host: `admin.localhost:${new URL(baseUrl).port}`,
        authorization: `Bearer ${operatorToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ slug, name: `Academy ${slug}`, plan: 'enterprise', expectedUsers }),
    });
    const text = await answer.body.text();
    if (answer.statusCode === 201) return JSON.parse(text);
    if (answer.statusCode !== 429) throw new Error(`Creating ${slug}: ${answer.statusCode} ${text}`);
    await delay(Number(answer.headers['retry-after'] ?? 1) * 1000);
  }
}

/** One that is expected to be large, and so has a shard of its own. */
export async function provisionLarge({ baseUrl, operatorToken }, slug, expectedUsers) {
  const pool = new Pool(baseUrl);
  try {
    return await create(pool, { baseUrl, operatorToken, slug, expectedUsers });
  } finally {
    await pool.close();
  }
}

/** Gives each academy, known by its slug, courses and so many learners who take all of them: past the services. */
export async function fill(url, academies, { courses, users }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await createIds(client);
  await client.query(
    `CREATE TEMP TABLE academy AS SELECT id, slug FROM unnest($1::uuid[], $2::text[]) AS listed(id, slug)`,
    [academies.map(({ id }) => id), academies.map(({ slug }) => slug)],
  );
  await client.query(
    `INSERT INTO courses.courses (tenant_id, id, title, summary, created_at, lessons)
     SELECT a.id, pg_temp.id('course', a.slug, c::text), 'Course ' || c || ' of the academy',
            'What everybody should know about subject ' || c || ', told in four short lessons.', now(), 4
       FROM academy a, generate_series(1, $1::int) c`,
    [courses],
  );
  await client.query(
    `INSERT INTO courses.enrolments (tenant_id, id, course_id, version, user_id, source, status, lessons_total,
                                     lessons_completed, next_lesson_id, enrolled_at, started_at)
     SELECT a.id, pg_temp.id('enrolment', a.slug, u::text, c::text),
            pg_temp.id('course', a.slug, c::text), 1, pg_temp.id('user', a.slug, u::text),
            'assigned', 'in_progress', 4, 1 + (u + c) % 3, pg_temp.id('lesson', c::text), now(), now()
       FROM academy a, generate_series(0, $2::int - 1) u, generate_series(1, $1::int) c`,
    [courses, users],
  );
  const { rows } = await client.query('SELECT count(*)::int AS count FROM courses.enrolments');
  await client.query('ANALYZE courses.courses, courses.enrolments');
  await client.end();
  return rows[0].count;
}

/** A database with the same rows and no tenants in it. */
export async function copyBare(shardUrl, name) {
  const source = new pg.Client({ connectionString: shardUrl });
  await source.connect();
  await source.query(`CREATE DATABASE ${name}`);
  const url = new URL(shardUrl);
  url.pathname = `/${name}`;
  const target = new pg.Client({ connectionString: url.href });
  await target.connect();
  await target.query(`
    CREATE SCHEMA courses;
    CREATE TABLE courses.courses (id uuid PRIMARY KEY, title text, summary text, cover_url text, deleted_at timestamptz);
    CREATE TABLE courses.enrolments (id uuid PRIMARY KEY, course_id uuid, user_id uuid, status text, lessons_total int,
      lessons_completed int, next_lesson_id uuid, certificate_id uuid, due_at timestamptz, started_at timestamptz,
      completed_at timestamptz);
    CREATE INDEX ON courses.enrolments (user_id, id DESC)`);
  await copyRows(source, target, 'courses.courses', 'id, title, summary, cover_url, deleted_at');
  await copyRows(
    source,
    target,
    'courses.enrolments',
    'id, course_id, user_id, status, lessons_total, lessons_completed, next_lesson_id, certificate_id, due_at, started_at, completed_at',
  );
  await target.query('VACUUM ANALYZE');
  await source.query('VACUUM');
  await Promise.all([source.end(), target.end()]);
  return url.href;
}

const BATCH = 50_000;

async function copyRows(source, target, table, columns) {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await source.query(
      `SELECT jsonb_agg(to_jsonb(page)) AS page, max(id::text) AS last
         FROM (SELECT ${columns} FROM ${table} WHERE id > $1 ORDER BY id LIMIT ${BATCH}) page`,
      [after],
    );
    if (rows[0].last === null) return;
    await target.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows[0].page)],
    );
    after = rows[0].last;
  }
}
