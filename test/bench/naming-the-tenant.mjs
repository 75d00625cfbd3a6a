// What it costs to name the tenant to Postgres under row-level security, by the ways there are.
// Needs HARKA_TEST_POSTGRES_URL (an administrator) and, for the door itself, a built dist.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { interleave, ratio } from './interleave.mjs';

const TENANTS = 100;
const USERS = 100;
const ENROLMENTS = 10;
const CONNECTIONS = 4;
const settings = {
  rounds: Number(process.argv[2] ?? 30),
  sliceMs: Number(process.argv[3] ?? 120),
  atOnce: CONNECTIONS,
};

const uuid = (kind, number) => `00000000-0000-4000-8${kind}00-${String(number).padStart(12, '0')}`;
const TENANT = `(SELECT nullif(current_setting('app.current_tenant', true), '')::uuid)`;
const NAME = `SELECT set_config('app.current_tenant', $1, true)`;
const ENTER = 'SELECT app.enter_tenant($1, $2)';

const queries = {
  point: (schema, predicate) =>
    `SELECT id, name, email FROM ${schema}.users WHERE ${predicate('users')}id = $1 AND active = $2`,
  join: (schema, predicate) =>
    `SELECT e.id, e.progress, e.started_at, c.title FROM ${schema}.enrolments e
       JOIN ${schema}.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id
      WHERE ${predicate('e')}e.user_id = $1 AND e.active = $2 ORDER BY e.started_at DESC LIMIT 20`,
};

async function prepare(server) {
  const name = `harka_bench_${randomBytes(4).toString('hex')}`;
  const admin = await connect(server);
  await admin.query(`CREATE DATABASE ${name}`);
  const app = `${name}_app`;
  await admin.query(`CREATE ROLE ${app} LOGIN PASSWORD 'bench'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = await connect(url.href);
  for (const schema of ['plain', 'guarded']) {
    await client.query(`CREATE SCHEMA ${schema}`);
    await client.query(`CREATE TABLE ${schema}.users (tenant_id uuid, id uuid, name text, email text, active bool,
      PRIMARY KEY (tenant_id, id))`);
    await client.query(
      `CREATE TABLE ${schema}.courses (tenant_id uuid, id uuid, title text, PRIMARY KEY (tenant_id, id))`,
    );
    await client.query(`CREATE TABLE ${schema}.enrolments (tenant_id uuid, id uuid, user_id uuid, course_id uuid,
      progress real, active bool, started_at timestamptz, PRIMARY KEY (tenant_id, id))`);
    const id = (kind, number) =>
      `('00000000-0000-4000-8${kind}00-' || lpad((${number})::text, 12, '0'))::uuid`;
    await client.query(`INSERT INTO ${schema}.users
      SELECT ${id(1, 't')}, ${id(2, 'u')}, 'Name ' || u, 'user' || u || '@example', true
        FROM generate_series(1, ${TENANTS}) t, generate_series(1, ${USERS}) u`);
    await client.query(`INSERT INTO ${schema}.courses
      SELECT ${id(1, 't')}, ${id(3, 'c')}, 'Course ' || c FROM generate_series(1, ${TENANTS}) t, generate_series(1, 50) c`);
    await client.query(`INSERT INTO ${schema}.enrolments
      SELECT ${id(1, 't')}, ${id(4, `u * ${ENROLMENTS} + e`)}, ${id(2, 'u')}, ${id(3, '1 + (u + e) % 50')},
             random(), true, now() - (e || ' days')::interval
        FROM generate_series(1, ${TENANTS}) t, generate_series(1, ${USERS}) u, generate_series(1, ${ENROLMENTS}) e`);
    await client.query(`CREATE INDEX ON ${schema}.enrolments (tenant_id, user_id, started_at DESC)`);
    for (const table of ['users', 'courses', 'enrolments']) {
      await client.query(`GRANT SELECT ON ${schema}.${table} TO ${app}`);
      await client.query(`ANALYZE ${schema}.${table}`);
      if (schema === 'plain') continue;
      await client.query(`ALTER TABLE guarded.${table} ENABLE ROW LEVEL SECURITY`);
      await client.query(`CREATE POLICY isolation ON guarded.${table} USING (tenant_id = ${TENANT})`);
    }
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${app}`);
  }
  await client.query(`CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO ${app}`);
  await client.query('CREATE TABLE app.tenant_fence (tenant_id uuid PRIMARY KEY, epoch bigint, state text)');
  await client.query(`INSERT INTO app.tenant_fence SELECT DISTINCT tenant_id, 1, 'active' FROM plain.users`);
  await client.query(fence());
  await client.end();
  const drop = async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.query(`DROP ROLE ${app}`);
    await admin.end();
  };
  url.username = app;
  url.password = 'bench';
  return { url: url.href, drop };
}

/** The function as the migration of libs/sharding makes it. */
function fence() {
  const path = new URL(
    '../../libs/sharding/migrations/1763600000000-create-tenant-fence.ts',
    import.meta.url,
  );
  const [text] = /CREATE FUNCTION app\.enter_tenant[\s\S]*?END \$\$/.exec(readFileSync(path, 'utf8')) ?? [];
  if (text === undefined) throw new Error('The migration that makes app.enter_tenant has changed.');
  return text;
}

async function connect(url, options = {}) {
  const client = new pg.Client({ connectionString: url, ...options });
  await client.connect();
  return client;
}

/** Statements in one flush under one Sync: the server takes them as one transaction. Named, described once. */
class ImplicitTransaction {
  constructor(statements, names, callback) {
    Object.assign(this, { statements, names, callback, rows: [], at: 0 });
  }

  submit(connection) {
    connection.stream.cork();
    this.statements.forEach(({ name, text, values }, index) => {
      const isNew = !this.names.has(name);
      if (isNew) connection.parse({ name, text });
      connection.bind({ portal: '', statement: name, values });
      if (isNew || index === this.statements.length - 1) connection.describe({ type: 'P', name: '' });
      connection.execute({ portal: '', rows: 0 });
      this.names.add(name);
    });
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription({ fields }) {
    this.fields = fields.map(({ name, dataTypeID }) => [name, pg.types.getTypeParser(dataTypeID, 'text')]);
  }

  handleDataRow({ fields }) {
    if (this.at < this.statements.length - 1) return;
    const row = {};
    this.fields.forEach(([name, parse], index) => {
      row[name] = fields[index] === null ? null : parse(fields[index]);
    });
    this.rows.push(row);
  }

  handleCommandComplete() {
    this.at += 1;
  }

  handleReadyForQuery() {
    this.callback(null, this.rows);
  }

  handleError(error) {
    this.callback(error);
  }
}

function oneFlush(client, statements) {
  client.harkaNames ??= new Set();
  return new Promise((resolve, reject) => {
    const done = (error, rows) => (error ? reject(error) : resolve(rows));
    client.query(new ImplicitTransaction(statements, client.harkaNames, done));
  });
}

/** Each way does the query for one tenant and one user on a connection and gives back its rows. */
function waysOf(kind) {
  const plain = queries[kind]('plain', (alias) => `${alias}.tenant_id = $3 AND `);
  const guarded = queries[kind]('guarded', () => '');
  const literal = (tenant, user) =>
    `BEGIN; SELECT set_config('app.current_tenant', '${tenant}', true);
     ${guarded.replace('$1', `'${user}'`).replace('$2', 'true')}; COMMIT`;
  const around = async (client, tenant, statement) => {
    await client.query('BEGIN');
    await client.query(NAME, [tenant]);
    const { rows } = await client.query(statement);
    await client.query('COMMIT');
    return rows;
  };
  const rowsOf = async (result) => (await result).rows;
  return {
    'plain, named, no row-level security': (client, tenant, user) =>
      rowsOf(client.query({ name: 'plain', text: plain, values: [user, true, tenant] })),
    'plain, unnamed, no row-level security': (client, tenant, user) =>
      rowsOf(client.query({ text: plain, values: [user, true, tenant] })),
    'four round trips': (client, tenant, user) =>
      around(client, tenant, { text: guarded, values: [user, true] }),
    'four round trips, named': (client, tenant, user) =>
      around(client, tenant, { name: 'guarded', text: guarded, values: [user, true] }),
    'pipeline mode of the driver, named': async (client, tenant, user) => {
      const [, , result] = await Promise.all([
        client.query({ name: 'begin', text: 'BEGIN' }),
        client.query({ name: 'set', text: NAME, values: [tenant] }),
        client.query({ name: 'guarded', text: guarded, values: [user, true] }),
        client.query({ name: 'commit', text: 'COMMIT' }),
      ]);
      return result.rows;
    },
    'one simple query of four statements': async (client, tenant, user) =>
      (await client.query(literal(tenant, user)))[2].rows,
    'implicit transaction, named': (client, tenant, user) =>
      oneFlush(client, [
        { name: 'set', text: NAME, values: [tenant] },
        { name: 'guarded', text: guarded, values: [user, 'true'] },
      ]),
    'implicit transaction, named, with the fence': (client, tenant, user) =>
      oneFlush(client, [
        { name: 'enter', text: ENTER, values: [tenant, '1'] },
        { name: 'guarded', text: guarded, values: [user, 'true'] },
      ]),
  };
}

const PIPELINED = 'pipeline mode of the driver, named';
const BASE = 'plain, named, no row-level security';

/** Microseconds of CPU that the server spent for these backends; null where it runs elsewhere. */
function serverCpu(pids) {
  let nanoseconds = 0;
  for (const pid of pids) {
    const path = `/proc/${pid}/schedstat`;
    if (!existsSync(path)) return null;
    nanoseconds += Number(readFileSync(path, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1000;
}

function clientCpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function pick() {
  const tenant = uuid(1, 1 + Math.floor(Math.random() * TENANTS));
  return [tenant, uuid(2, 1 + Math.floor(Math.random() * USERS))];
}

async function variantOf(name, way, url) {
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => connect(url, { pipeline: name === PIPELINED })),
  );
  const pids = await Promise.all(
    clients.map(async (client) => (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid),
  );
  const free = [...clients];
  return {
    name,
    run: async () => {
      const client = free.pop();
      const rows = await way(client, ...pick());
      free.push(client);
      if (rows.length === 0) throw new Error(`${name} found nothing.`);
    },
    cpu: async () => (serverCpu(pids) ?? 0) + clientCpu(),
    close: () => Promise.all(clients.map((client) => client.end())),
  };
}

/** PgTenantDatabase as services use it, if it is built. */
async function doorOf(kind, url) {
  const built = new URL('../../dist/libs/sharding/src/index.js', import.meta.url);
  if (!existsSync(built)) return undefined;
  const { PgTenantDatabase } = await import(built);
  const { anonymous, runInContext } = await import(
    new URL('../../dist/libs/tenancy/src/index.js', import.meta.url)
  );
  const placement = async (tenantId) => ({
    tenantId,
    shard: 's',
    tier: 'dedicated',
    url,
    epoch: 1,
    state: 'active',
  });
  const { username: user, password } = new URL(url);
  const database = new PgTenantDatabase({
    directory: { placement },
    login: { user, password },
    limits: { perShard: CONNECTIONS },
    session: { applicationName: 'door' },
  });
  const text = queries[kind]('guarded', () => '');
  const nobody = { actor: anonymous, requestId: 'bench', traceparent: null, ip: null, userAgent: null };
  const query = (tenant, user_) =>
    runInContext({ ...nobody, tenant: { id: tenant } }, () => database.query(text, [user_, true]));
  await Promise.all(Array.from({ length: CONNECTIONS * 4 }, () => query(...pick())));
  const monitor = await connect(url);
  const { rows } = await monitor.query(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'door' AND datname = current_database()`,
  );
  await monitor.end();
  const pids = rows.map(({ pid }) => pid);
  return {
    name: 'TenantDatabase.query (the door)',
    run: async () => {
      if ((await query(...pick())).length === 0) throw new Error('The door found nothing.');
    },
    cpu: async () => (serverCpu(pids) ?? 0) + clientCpu(),
    close: () => database.close(),
  };
}

const server = process.env.HARKA_TEST_POSTGRES_URL;
if (server === undefined) {
  process.stderr.write('HARKA_TEST_POSTGRES_URL is not set: name a Postgres that may be written to.\n');
  process.exit(1);
}
const { url, drop } = await prepare(server);
const report = {};
try {
  for (const kind of Object.keys(queries)) {
    const variants = [];
    for (const [name, way] of Object.entries(waysOf(kind))) variants.push(await variantOf(name, way, url));
    const door = await doorOf(kind, url);
    if (door !== undefined) variants.push(door);
    const results = await interleave(variants, settings);
    process.stdout.write(
      `\n${kind}: operations a second and CPU an operation (client and server), ratio to the first\n`,
    );
    report[kind] = variants.map(({ name }) => {
      const perSecond = ratio(results, name, BASE, (round) => round.perSecond);
      const cpu = ratio(results, name, BASE, (round) => round.cpu);
      process.stdout.write(`  ${perSecond.toFixed(2)}  ${cpu.toFixed(2)}  ${name}\n`);
      return { name, perSecond, cpu };
    });
    await Promise.all(variants.map((variant) => variant.close()));
  }
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  await drop();
}
