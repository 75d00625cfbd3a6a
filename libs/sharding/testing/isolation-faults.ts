import { sqlState } from '#libs/database';
import { Client } from 'pg';
import { inhabitants } from './notebooks.js';

const { a, b } = inhabitants;

interface Suspect {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly controlUrl: string;
}

async function withClient<R>(url: string, work: (client: Client) => Promise<R>): Promise<R> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const ENTER = 'SELECT app.enter_tenant($1, $2)';

/** Runs in a transaction of tenant a, which is rolled back. */
async function inside<R>(client: Client, work: () => Promise<R>, begin = 'BEGIN'): Promise<R> {
  await client.query(begin);
  try {
    await client.query(ENTER, [a.tenant, 1]);
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

/** Null when `work` failed with the SQLSTATE, else what happened instead. */
async function refusal(state: string, work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return 'was allowed';
  } catch (error) {
    return sqlState(error) === state ? null : `failed with ${sqlState(error) ?? String(error)}, not ${state}`;
  }
}

async function count(client: Client, sql: string, values: unknown[] = []): Promise<number> {
  return (await client.query(sql, values)).rowCount ?? 0;
}

/**
 * Tries to break out of tenant a in a database that `settle` filled, and says what succeeded. Everything is undone, but
 * for the fences, which end up closed.
 */
export async function isolationFaults({ appUrl, ownerUrl, controlUrl }: Suspect): Promise<string[]> {
  const found: string[] = [];
  const expectRefusal = async (what: string, state: string, work: () => Promise<unknown>) => {
    const fault = await refusal(state, work);
    if (fault !== null) found.push(`${what}: ${fault}`);
  };
  const expectCount = async (what: string, wanted: number, work: () => Promise<number>) => {
    const got = await work().catch((error: unknown) => sqlState(error) ?? String(error));
    if (got !== wanted) found.push(`${what}: ${got} instead of ${wanted}`);
  };

  await withClient(appUrl, async (client) => {
    for (const [table, own] of [
      ['notes.notebooks', 1],
      ['notes.notes', 2],
    ] as const) {
      const within = (sql: string, values?: unknown[]) => inside(client, () => count(client, sql, values));
      await expectCount(`${table}: own rows`, own, () => within(`SELECT FROM ${table}`));
      await expectCount(`${table}: reading another's`, 0, () =>
        within(`SELECT FROM ${table} WHERE tenant_id = $1`, [b.tenant]),
      );
      await expectCount(`${table}: changing another's`, 0, () =>
        within(`UPDATE ${table} SET id = id WHERE tenant_id = $1`, [b.tenant]),
      );
      await expectCount(`${table}: deleting another's`, 0, () =>
        within(`DELETE FROM ${table} WHERE tenant_id = $1`, [b.tenant]),
      );
      await expectRefusal(`${table}: handing a row over`, '42501', () =>
        within(`UPDATE ${table} SET tenant_id = $1`, [b.tenant]),
      );
      await expectCount(`${table}: without a tenant`, 0, () => count(client, `SELECT FROM ${table}`));
      await client.query('BEGIN');
      await client.query(ENTER, [a.tenant, 1]);
      await client.query('COMMIT');
      await expectCount(`${table}: after the transaction`, 0, () => count(client, `SELECT FROM ${table}`));
      await expectRefusal(`${table}: truncating`, '42501', () => within(`TRUNCATE ${table} CASCADE`));
    }

    const insert = (...values: string[]) =>
      inside(client, () => client.query('INSERT INTO notes.notes VALUES ($1, $2, $3, $4)', values));
    await expectRefusal('writing for another', '42501', () =>
      insert(b.tenant, '00000000-0000-7000-8000-000000000099', b.notebook, 'x'),
    );
    await expectRefusal("referring to another's row", '23503', () =>
      insert(a.tenant, '00000000-0000-7000-8000-000000000099', b.notebook, 'x'),
    );
    await expectCount("using an id that is another's too", 1, async () => {
      const { rowCount } = await insert(a.tenant, b.own, a.notebook, 'x');
      return rowCount ?? 0;
    });
    await expectRefusal('taking a lock of all tenants', '42501', () =>
      inside(client, () => client.query('SELECT pg_advisory_xact_lock(1)')),
    );
    await expectRefusal('reading the fences', '42501', () => client.query('SELECT FROM app.tenant_fence'));
    await expectRefusal('moving a fence', '42501', () =>
      inside(client, () => client.query('SELECT app.admit_tenant($1, 9)', [a.tenant])),
    );

    await expectRefusal('an old epoch', 'TN001', () => client.query(ENTER, [a.tenant, 0]));
    await expectRefusal('an epoch to come', 'TN001', () => client.query(ENTER, [a.tenant, 2]));
    await expectRefusal('an unknown tenant', 'TN001', () => client.query(ENTER, [a.own, 1]));
    await expectRefusal('no epoch', 'TN001', () => client.query(ENTER, [a.tenant, null]));
    for (const level of ['REPEATABLE READ', 'SERIALIZABLE']) {
      await expectRefusal(level, '25001', () =>
        inside(client, async () => undefined, `BEGIN ISOLATION LEVEL ${level}`),
      );
    }
  });

  await withClient(ownerUrl, async (client) => {
    await expectCount('the owner without a tenant', 0, () => count(client, 'SELECT FROM notes.notes'));
  });

  found.push(...(await fenceFaults(appUrl, controlUrl)));
  return found;
}

/** A fence goes up while a transaction of the tenant is open: it must wait for that one and stop every later one. */
async function fenceFaults(appUrl: string, controlUrl: string): Promise<string[]> {
  const found: string[] = [];
  await withClient(appUrl, async (early) =>
    withClient(controlUrl, async (control) => {
      await control.query(`SET lock_timeout = '100ms'`);
      await early.query('BEGIN');
      await early.query(ENTER, [a.tenant, 1]);
      const overtaken = await refusal('55P03', () =>
        control.query(`SELECT app.fence_tenant($1, 1, 'moving')`, [a.tenant]),
      );
      if (overtaken !== null) found.push(`fencing under an open transaction: ${overtaken}`);
      await early.query('COMMIT');
      await control.query(`SELECT app.fence_tenant($1, 1, 'moving')`, [a.tenant]).catch((error: unknown) => {
        found.push(`fencing: ${String(error)}`);
      });
      const late = await refusal('TN001', () => early.query(ENTER, [a.tenant, 1]));
      if (late !== null) found.push(`entering a fenced tenant: ${late}`);
      await control.query(`SELECT app.fence_tenant($1, 3, 'moved')`, [a.tenant]);
      for (const epoch of [1, 2, 3]) {
        const back = await refusal('TN001', () =>
          control.query('SELECT app.admit_tenant($1, $2)', [a.tenant, epoch]),
        );
        if (back !== null) found.push(`admitting at epoch ${epoch} what moved at 3: ${back}`);
      }
      const old = await refusal('TN001', () =>
        control.query(`SELECT app.fence_tenant($1, 2, 'moved')`, [a.tenant]),
      );
      if (old !== null) found.push(`fencing at an old epoch: ${old}`);
    }),
  );
  return found;
}
