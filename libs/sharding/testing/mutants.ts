/** One way to break the isolation of a shard: statements that an administrator runs in a copy of a good one. */
export interface Mutant {
  readonly name: string;
  readonly statements: readonly string[];
}

const TENANT = `(SELECT nullif(current_setting('app.current_tenant', true), '')::uuid)`;
const TABLES = ['notes.notebooks', 'notes.notes'] as const;
const asOwner = (...statements: string[]) => ['SET ROLE harka_owner', ...statements];

function policyOf(table: string, using: string, check: string): string {
  return `CREATE POLICY tenant_isolation ON ${table} USING (${using}) WITH CHECK (${check})`;
}

function mutantsOf(table: string): Mutant[] {
  const drop = `DROP POLICY tenant_isolation ON ${table}`;
  const mine = `tenant_id = ${TENANT}`;
  const mutant = (name: string, ...statements: string[]) => ({
    name: `${table}: ${name}`,
    statements: asOwner(...statements),
  });
  return [
    mutant('no policy', drop),
    mutant('row-level security disabled', `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`),
    mutant('row-level security not forced', `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`),
    mutant('policy reads everything', drop, policyOf(table, 'true', mine)),
    mutant('policy checks nothing', drop, policyOf(table, mine, 'true')),
    mutant('policy opens when no tenant is set', drop, policyOf(table, `${mine} OR ${TENANT} IS NULL`, mine)),
    mutant(
      'policy trusts another setting',
      drop,
      policyOf(table, `tenant_id = current_setting('app.tenant')::uuid`, mine),
    ),
    mutant('a second policy to read', `CREATE POLICY also ON ${table} FOR SELECT USING (true)`),
    mutant('a second policy to write', `CREATE POLICY also ON ${table} FOR INSERT WITH CHECK (true)`),
    mutant('a policy for the application alone', `CREATE POLICY also ON ${table} TO harka_app USING (true)`),
    mutant('another role may look', `CREATE POLICY look ON ${table} FOR SELECT TO harka_auth USING (true)`),
    mutant('the application may truncate', `GRANT TRUNCATE ON ${table} TO harka_app`),
    mutant('the application may add triggers', `GRANT TRIGGER ON ${table} TO harka_app`),
    mutant('anyone may read', `GRANT SELECT ON ${table} TO PUBLIC`),
    mutant(
      'tenant_id may be null',
      `ALTER TABLE ${table} DROP CONSTRAINT ${table.split('.')[1] ?? ''}_pkey CASCADE`,
      `ALTER TABLE ${table} ALTER tenant_id DROP NOT NULL`,
    ),
    mutant('a unique key over all tenants', `ALTER TABLE ${table} ADD UNIQUE (id, tenant_id)`),
    mutant('an index over all tenants', `CREATE INDEX ON ${table} (id)`),
    mutant(
      'a view that reads as its owner',
      `CREATE VIEW notes.v AS SELECT * FROM ${table}`,
      'GRANT SELECT ON notes.v TO harka_app',
    ),
    mutant(
      'a view that lost its invoker',
      `CREATE VIEW notes.v WITH (security_invoker) AS SELECT * FROM ${table}`,
      'ALTER VIEW notes.v RESET (security_invoker)',
    ),
    mutant(
      'a materialised view',
      `CREATE MATERIALIZED VIEW notes.m AS SELECT * FROM ${table}`,
      'GRANT SELECT ON notes.m TO harka_app',
    ),
  ];
}

const ENTER = (body: string, isolation = true, settings = 'SET search_path = pg_catalog, pg_temp') => `
  CREATE OR REPLACE FUNCTION app.enter_tenant(tenant uuid, known_epoch bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER ${settings} AS $$
  BEGIN
    ${
      isolation
        ? `IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'READ COMMITTED only' USING ERRCODE = '25001'; END IF;`
        : ''
    }
    ${body}
  END $$`;
const LOCK = 'PERFORM pg_advisory_xact_lock_shared(uuid_hash_extended(tenant, 0));';
const FENCE = (where: string) =>
  `PERFORM FROM app.tenant_fence WHERE ${where};
   IF NOT FOUND THEN RAISE EXCEPTION 'stale' USING ERRCODE = 'TN001'; END IF;`;
const CHECK = FENCE(`tenant_id = tenant AND epoch = known_epoch AND state = 'active'`);
const SET = `PERFORM set_config('app.current_tenant', tenant::text, true);`;

function entering(name: string, ...statements: string[]): Mutant {
  return { name: `enter_tenant: ${name}`, statements: asOwner(...statements) };
}

/** The mutants that live in one database. Those of roles, which a whole server shares, are in the spec. */
export const mutants: readonly Mutant[] = [
  ...TABLES.flatMap(mutantsOf),
  entering('no epoch check', ENTER(LOCK + SET)),
  entering('any epoch', ENTER(LOCK + FENCE(`tenant_id = tenant AND state = 'active'`) + SET)),
  entering(
    'later epochs pass',
    ENTER(LOCK + FENCE(`tenant_id = tenant AND epoch <= known_epoch AND state = 'active'`) + SET),
  ),
  entering('any state', ENTER(LOCK + FENCE('tenant_id = tenant AND epoch = known_epoch') + SET)),
  entering('no lock', ENTER(CHECK + SET)),
  entering('a setting of the session', ENTER(LOCK + CHECK + SET.replace('true', 'false'))),
  entering('any isolation level', ENTER(LOCK + CHECK + SET, false)),
  entering('no fixed search_path', ENTER(LOCK + CHECK + SET, true, '')),
  entering('open to anyone', 'GRANT EXECUTE ON FUNCTION app.enter_tenant(uuid, bigint) TO PUBLIC'),
  {
    name: 'app.tenant_fence: the application may read it',
    statements: asOwner('GRANT SELECT ON app.tenant_fence TO harka_app'),
  },
  {
    name: 'app.tenant_fence: the application may move it',
    statements: asOwner('GRANT EXECUTE ON FUNCTION app.admit_tenant(uuid, bigint) TO harka_app'),
  },
  {
    name: 'admit_tenant: goes back to an old epoch',
    statements:
      asOwner(`CREATE OR REPLACE FUNCTION app.admit_tenant(tenant uuid, new_epoch bigint) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
        INSERT INTO app.tenant_fence AS fence (tenant_id, epoch, state) VALUES (tenant, new_epoch, 'active')
        ON CONFLICT (tenant_id) DO UPDATE SET epoch = new_epoch, state = 'active';
      END $$`),
  },
  {
    name: 'fence_tenant: does not wait for open transactions',
    statements:
      asOwner(`CREATE OR REPLACE FUNCTION app.fence_tenant(tenant uuid, new_epoch bigint, new_state text) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
        UPDATE app.tenant_fence SET epoch = new_epoch, state = new_state WHERE tenant_id = tenant AND epoch <= new_epoch;
        IF NOT FOUND THEN RAISE EXCEPTION 'stale' USING ERRCODE = 'TN001'; END IF;
      END $$`),
  },
  {
    name: 'a function that reads as the owner',
    statements: asOwner(
      `CREATE FUNCTION notes.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM notes.notes'`,
    ),
  },
  {
    name: 'a function of an administrator',
    statements: [`CREATE FUNCTION notes.one() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
  },
  {
    name: 'a new table without row-level security',
    statements: asOwner(
      'CREATE TABLE notes.more (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id))',
    ),
  },
  {
    name: 'a new table without tenant_id',
    statements: asOwner('CREATE TABLE notes.more (id uuid PRIMARY KEY)'),
  },
  { name: 'a new table of an administrator', statements: ['CREATE TABLE notes.more (id uuid PRIMARY KEY)'] },
  {
    name: 'a foreign key that forgets the tenant',
    statements: asOwner(
      'ALTER TABLE notes.notes DROP CONSTRAINT notes_tenant_id_notebook_id_fkey',
      'CREATE UNIQUE INDEX notebooks_id ON notes.notebooks (id)',
      'ALTER TABLE notes.notes ADD FOREIGN KEY (notebook_id) REFERENCES notes.notebooks (id)',
    ),
  },
  {
    name: 'a foreign key is gone',
    statements: asOwner('ALTER TABLE notes.notes DROP CONSTRAINT notes_tenant_id_notebook_id_fkey'),
  },
  {
    name: 'a foreign key that clears tenant_id',
    statements: asOwner(
      'ALTER TABLE notes.notes ADD FOREIGN KEY (tenant_id, notebook_id) REFERENCES notes.notebooks ON DELETE SET NULL',
    ),
  },
  { name: 'a key that counts', statements: asOwner('ALTER TABLE notes.notes ADD COLUMN number bigserial') },
  {
    name: 'an enum column',
    statements: asOwner(
      `CREATE TYPE notes.mood AS ENUM ('good')`,
      'ALTER TABLE notes.notes ADD COLUMN mood notes.mood',
    ),
  },
  {
    name: 'advisory locks for anyone',
    statements: ['GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock(bigint) TO PUBLIC'],
  },
  {
    name: 'advisory locks for the application',
    statements: ['GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO harka_app'],
  },
  {
    name: 'the application may create in a schema',
    statements: asOwner('GRANT CREATE ON SCHEMA notes TO harka_app'),
  },
  { name: 'anyone may create in a schema', statements: asOwner('GRANT CREATE ON SCHEMA notes TO PUBLIC') },
  { name: 'the application owns a table', statements: ['ALTER TABLE notes.notes OWNER TO harka_app'] },
  {
    name: 'temporary tables for the application',
    statements: [
      `DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO harka_app', current_database()); END $$`,
    ],
  },
  {
    name: 'the ledger of migrations is open',
    statements: asOwner(
      'CREATE TABLE notes.migrations (id int)',
      'GRANT SELECT ON notes.migrations TO harka_app',
    ),
  },
];
