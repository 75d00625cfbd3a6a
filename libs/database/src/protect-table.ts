const privileges = {
  read: 'SELECT',
  append: 'SELECT, INSERT',
  write: 'SELECT, INSERT, UPDATE, DELETE',
} as const;

/** What harka_app may do to a tenant table: look, add, or everything that row-level security can watch. */
export type TableGrant = keyof typeof privileges;

/**
 * The tenant that a transaction has entered, null outside. `nullif` because a setting that was local to an earlier
 * transaction of the connection comes back as '', and the sub-select because it is then worked out once a statement.
 */
const CURRENT_TENANT = `(SELECT nullif(current_setting('app.current_tenant', true), '')::uuid)`;

/** The statements that make `schema.table` a tenant table: forced row-level security, one policy, grants. */
export function protectTable(table: string, grant: TableGrant = 'write'): string[] {
  if (!/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/.test(table)) throw new Error(`Not a schema.table: ${table}`);
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant_isolation ON ${table}
       USING (tenant_id = ${CURRENT_TENANT}) WITH CHECK (tenant_id = ${CURRENT_TENANT})`,
    `GRANT ${privileges[grant]} ON ${table} TO harka_app`,
  ];
}
