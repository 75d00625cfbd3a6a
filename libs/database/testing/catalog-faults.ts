import { Client } from 'pg';
import { shardAllowances, type CatalogAllowances } from './catalog-allowances.js';

type Check = (client: Client, allowances: CatalogAllowances) => Promise<string[]>;

const OURS = `nspname !~ '^(pg_|information_schema$)'`;

/** The statement's `fault` column, row by row. */
async function faults(client: Client, sql: string, values: readonly unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(sql, [...values]);
  return rows.map(({ fault }) => fault);
}

const TENANT_TABLES = `
  tenant_tables AS (
    SELECT c.oid, nspname || '.' || relname AS name, relrowsecurity, relforcerowsecurity, relowner, t.attnum, t.attnotnull, t.atttypid
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = relnamespace AND ${OURS}
      JOIN pg_attribute t ON t.attrelid = c.oid AND attname = 'tenant_id' AND NOT attisdropped
     WHERE relkind IN ('r', 'p') AND nspname || '.' || relname <> ALL ($1::text[])
  )`;

const kindsOfRelation: Check = (client, { withoutTenant, owner }) =>
  faults(
    client,
    `SELECT nspname || '.' || relname || ': ' || CASE
        WHEN relkind = 'm' THEN 'a materialised view is outside row-level security'
        WHEN relkind = 'f' THEN 'a foreign table is outside row-level security'
        WHEN relkind = 'S' THEN 'a sequence does not move with its tenant'
        WHEN relkind = 'v' THEN 'a view without security_invoker reads as its owner'
        WHEN relowner <> $2::regrole THEN 'is owned by ' || relowner::regrole
        ELSE 'has no tenant_id' END AS fault
       FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace AND ${OURS}
      WHERE relname NOT IN ('migrations', 'migrations_id_seq')
        AND (relkind IN ('m', 'f', 'S')
             OR relkind = 'v' AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on,security_invoker=1}'
             OR relkind IN ('r', 'p', 'v') AND relowner <> $2::regrole
             OR relkind IN ('r', 'p') AND nspname || '.' || relname <> ALL ($1::text[])
                AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id' AND NOT attisdropped))`,
    [withoutTenant, owner],
  );

const protection: Check = (client, { closed }) =>
  faults(
    client,
    `WITH ${TENANT_TABLES}
     SELECT name || ': row-level security is not enabled' AS fault FROM tenant_tables WHERE NOT relrowsecurity
     UNION ALL SELECT name || ': row-level security is not forced' FROM tenant_tables WHERE NOT relforcerowsecurity
     UNION ALL SELECT name || ': tenant_id may be null' FROM tenant_tables WHERE NOT attnotnull
     UNION ALL SELECT name || ': tenant_id is no uuid' FROM tenant_tables WHERE atttypid <> 'uuid'::regtype
     UNION ALL SELECT name || ': has no primary key' FROM tenant_tables
                WHERE NOT EXISTS (SELECT FROM pg_index WHERE indrelid = tenant_tables.oid AND indisprimary)
     UNION ALL SELECT name || '.' || attname || ': an enum is not leakproof, so its indexes are not used'
                 FROM tenant_tables JOIN pg_attribute a ON attrelid = tenant_tables.oid AND NOT attisdropped
                 JOIN pg_type ON pg_type.oid = a.atttypid AND typtype = 'e'`,
    [closed],
  );

/** As Postgres prints the policy's expression, without what differs between its versions. */
const EXPECTED = `tenant_id=selectnullifcurrent_setting'app.current_tenant',true,''::uuid`;
const printed = (column: string) =>
  `regexp_replace(lower(pg_get_expr(${column}, polrelid)), '::text|as "nullif"|[()\\s]', '', 'g')`;

const policies: Check = (client, { closed, app, lookers }) =>
  faults(
    client,
    `WITH ${TENANT_TABLES}, policy AS (
       SELECT name, polname, polpermissive, polcmd,
              coalesce(${printed('polqual')}, '') AS reads, coalesce(${printed('polwithcheck')}, '') AS writes,
              polroles = '{0}' OR $2::regrole = ANY (polroles) AS for_app,
              polroles <> '{0}'
                AND NOT EXISTS (SELECT FROM unnest(polroles) AS role WHERE name || ' ' || role::regrole <> ALL ($3::text[])) AS is_allowed_look
         FROM tenant_tables JOIN pg_policy ON polrelid = tenant_tables.oid
     )
     SELECT name || ': has no policy for the application' AS fault FROM tenant_tables
      WHERE name NOT IN (SELECT name FROM policy WHERE for_app AND polpermissive)
     UNION ALL SELECT name || ': more than one policy opens it: ' || string_agg(polname, ', ')
                 FROM policy WHERE for_app AND polpermissive GROUP BY name HAVING count(*) > 1
     UNION ALL SELECT name || ': policy ' || polname || ' is not for all commands' FROM policy
                WHERE for_app AND polpermissive AND polcmd <> '*'
     UNION ALL SELECT name || ': policy ' || polname || ' does not read by the entered tenant' FROM policy
                WHERE for_app AND polpermissive AND reads <> $4
     UNION ALL SELECT name || ': policy ' || polname || ' does not check writes by the entered tenant' FROM policy
                WHERE for_app AND polpermissive AND writes <> $4
     UNION ALL SELECT name || ': policy ' || polname || ' lets another role look' FROM policy
                WHERE NOT for_app AND polpermissive AND NOT is_allowed_look`,
    [closed, app, lookers, EXPECTED],
  );

const keys: Check = (client, { closed }) =>
  faults(
    client,
    `WITH ${TENANT_TABLES}
     SELECT indexrelid::regclass || ': does not start with tenant_id' AS fault
       FROM tenant_tables JOIN pg_index ON indrelid = tenant_tables.oid WHERE indkey[0] <> attnum
     UNION ALL
     SELECT name || ': foreign key ' || conname || ' does not carry tenant_id'
       FROM tenant_tables JOIN pg_constraint ON conrelid = tenant_tables.oid AND contype = 'f'
      WHERE NOT EXISTS (
        SELECT FROM unnest(conkey, confkey) AS pair (ours, theirs)
          JOIN pg_attribute target ON target.attrelid = confrelid AND target.attnum = theirs AND attname = 'tenant_id'
         WHERE ours = tenant_tables.attnum)
     UNION ALL
     SELECT name || ': foreign key ' || conname || ' would set tenant_id to null'
       FROM tenant_tables JOIN pg_constraint ON conrelid = tenant_tables.oid AND contype = 'f'
      WHERE (confdeltype IN ('n', 'd') AND (confdelsetcols IS NULL OR attnum = ANY (confdelsetcols)))`,
    [closed],
  );

const grants: Check = (client, { app, closed, loginRoles, withoutTenant }) =>
  faults(
    client,
    `WITH granted AS (
       SELECT nspname || '.' || relname AS name, relname, acl.grantee, coalesce(rolname, 'PUBLIC') AS who, privilege_type
         FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace AND ${OURS}
         CROSS JOIN LATERAL (
           SELECT * FROM aclexplode(relacl)
           UNION ALL SELECT e.* FROM pg_attribute a, aclexplode(attacl) e WHERE attrelid = c.oid
         ) AS acl
         LEFT JOIN pg_roles r ON r.oid = acl.grantee
        WHERE grantee <> relowner
     )
     SELECT name || ': ' || who || ' may ' || privilege_type AS fault FROM granted
      WHERE privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER') OR grantee = 0 OR name = ANY ($1::text[])
         OR who <> $4 AND privilege_type IN ('INSERT', 'UPDATE') AND name <> ALL ($3::text[])
         OR relname = 'migrations' OR (name = ANY ($3::text[]) AND who = $4)
         OR who <> ALL ($2::text[])
     UNION ALL
     SELECT 'schema ' || nspname || ': ' || coalesce(rolname, 'PUBLIC') || ' may CREATE'
       FROM pg_namespace CROSS JOIN aclexplode(nspacl) LEFT JOIN pg_roles r ON r.oid = grantee
      WHERE ${OURS} AND privilege_type = 'CREATE' AND (grantee = 0 OR rolname = ANY ($2::text[]))
     UNION ALL
     SELECT 'database: ' || role || ' may create schemas or temporary tables' FROM unnest($2::text[]) AS role
      WHERE has_database_privilege(role, current_database(), 'CREATE, TEMPORARY')`,
    [closed, loginRoles, withoutTenant, app],
  );

const powers: Check = (client, { loginRoles, owner }) =>
  faults(
    client,
    `SELECT rolname || ': has a power that no role of ours has' AS fault FROM pg_roles
      WHERE rolname = ANY ($1::text[] || $2::text)
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
     UNION ALL SELECT $2 || ': may sign in' FROM pg_roles WHERE rolname = $2 AND rolcanlogin
     UNION ALL SELECT member::regrole || ': is a member of ' || roleid::regrole FROM pg_auth_members
                WHERE member::regrole::text = ANY ($1::text[])
     UNION ALL SELECT relowner::regrole || ': owns ' || oid::regclass FROM pg_class WHERE relowner::regrole::text = ANY ($1::text[])
     UNION ALL SELECT proowner::regrole || ': owns ' || oid::regprocedure FROM pg_proc WHERE proowner::regrole::text = ANY ($1::text[])
     UNION ALL SELECT nspowner::regrole || ': owns schema ' || nspname FROM pg_namespace WHERE nspowner::regrole::text = ANY ($1::text[])`,
    [loginRoles, owner],
  );

const functions: Check = (client, { definers, owner, loginRoles }) =>
  faults(
    client,
    `WITH ours AS (
       SELECT p.oid, nspname || '.' || proname AS name, prosecdef, proowner, coalesce(proconfig, '{}') AS settings,
              has_function_privilege('public', p.oid, 'EXECUTE') AS is_open
         FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace AND ${OURS}
     )
     SELECT name || ': runs as its owner and is not on the list' AS fault FROM ours
      WHERE prosecdef AND name <> ALL ($1::text[])
     UNION ALL SELECT name || ': runs as its owner without a fixed search_path' FROM ours
                WHERE prosecdef AND NOT 'search_path=pg_catalog, pg_temp' = ANY (settings)
     UNION ALL SELECT name || ': runs as its owner and anyone may call it' FROM ours WHERE prosecdef AND is_open
     UNION ALL SELECT name || ': is owned by ' || proowner::regrole FROM ours WHERE proowner <> $2::regrole
     UNION ALL
     SELECT proname || ': ' || role || ' may take advisory locks'
       FROM pg_proc, unnest($3::text[] || 'public'::text) AS role
      WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_'
        AND has_function_privilege(role, oid, 'EXECUTE')`,
    [definers, owner, loginRoles],
  );

const checks: readonly Check[] = [kindsOfRelation, protection, policies, keys, grants, powers, functions];

/**
 * Reads the catalog of a shard and says, in one sentence each, what breaks the laws of a tenant table (DESIGN.md 5).
 * A new table needs no entry anywhere to be looked at.
 */
export async function catalogFaults(
  url: string,
  allowances: Partial<CatalogAllowances> = {},
): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found: string[] = [];
    for (const check of checks) found.push(...(await check(client, { ...shardAllowances, ...allowances })));
    return [...new Set(found)].sort();
  } finally {
    await client.end();
  }
}
