import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { isCheckViolation, isForeignKeyViolation, isUniqueViolation, PgTenantDatabase } from '#libs/sharding';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';
import { Client } from 'pg';
import { CreateNotebooks1763700000000 } from '../testing/notebooks.js';

const ADD =
  'INSERT INTO notes.notebooks (tenant_id, id, title) VALUES (app.current_tenant(), $1, $2) RETURNING id';
const ADD_NOTE =
  'INSERT INTO notes.notes (tenant_id, id, notebook_id, text) VALUES (app.current_tenant(), $1, $2, $3)';
const TITLES = 'SELECT title FROM notes.notebooks ORDER BY title';
const FIND = 'SELECT title FROM notes.notebooks WHERE title = $1';

describe(PgTenantDatabase.name, () => {
  let shard: TestShard;
  let admin: Client;

  beforeAll(async () => {
    shard = await testShard({
      migrations: [CreateNotebooks1763700000000],
      tenants: 0,
      database: {
        session: { applicationName: 'door', statementTimeoutMs: 400, lockTimeoutMs: 200 },
        moveWaitMs: 300,
      },
    });
    admin = new Client({ connectionString: shard.url });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await shard.close();
  });

  const add = (title: string) => shard.database.query<{ id: string }>(ADD, [newId(), title]);
  const titles = async () =>
    (await shard.database.query<{ title: string }>(TITLES)).map(({ title }) => title);
  const inTenant = <R>(tenant: TenantRef, work: () => Promise<R>) => shard.inTenant(tenant, work);
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error,
    );

  describe('a statement', () => {
    it('sees and changes the rows of its tenant alone', async () => {
      const [a, b] = [await shard.admit(), await shard.admit()];
      const [row] = await inTenant(a, () => add('same'));
      await inTenant(b, () => add('same'));
      await inTenant(b, () => add('more'));
      expect(await inTenant(a, titles)).toEqual(['same']);
      expect(await inTenant(b, titles)).toEqual(['more', 'same']);
      const update = 'UPDATE notes.notebooks SET title = $2 WHERE id = $1 RETURNING id';
      expect(await inTenant(b, () => shard.database.query(update, [row?.id, 'stolen']))).toEqual([]);
      expect(await inTenant(a, titles)).toEqual(['same']);
    });

    it('cannot write for another tenant or refer to its rows', async () => {
      const [a, b] = [await shard.admit(), await shard.admit()];
      const [notebook] = await inTenant(b, () => add('of b'));
      const forge = 'INSERT INTO notes.notebooks (tenant_id, id, title) VALUES ($1, $2, $3)';
      const forged = await failureOf(
        inTenant(a, () => shard.database.query(forge, [b.id, newId(), 'forged'])),
      );
      expect(forged).toMatchObject({ code: '42501' });
      const refers = await failureOf(
        inTenant(a, () => shard.database.query(ADD_NOTE, [newId(), notebook?.id, 'x'])),
      );
      expect(isForeignKeyViolation(refers)).toBe(true);
    });

    it('lets a repository see which key is taken', async () => {
      const a = await shard.admit();
      await inTenant(a, () => add('taken'));
      const failure = await failureOf(inTenant(a, () => add('taken')));
      expect(isUniqueViolation(failure, 'notebooks_tenant_id_title_key')).toBe(true);
      expect(isUniqueViolation(failure, 'other_key')).toBe(false);
      expect(isCheckViolation(failure)).toBe(false);
    });

    it('goes on with its connection after an error, however often', async () => {
      const a = await shard.admit();
      for (let round = 0; round < 3; round += 1) {
        expect(
          await failureOf(inTenant(a, () => shard.database.query('SELECT 1 / $1::int AS x', [0]))),
        ).toMatchObject({
          code: '22012',
        });
        expect(await failureOf(inTenant(a, () => shard.database.query('SELECT nonsense')))).toMatchObject({
          code: '42703',
        });
        expect(await inTenant(a, () => shard.database.query('SELECT 1 / $1::int AS x', [1]))).toEqual([
          { x: 1 },
        ]);
      }
      expect(shard.database.poolStats()).toMatchObject([{ open: 1, idle: 1 }]);
    });

    it('reads what the driver reads: null, numbers, dates, JSON, arrays, bytes', async () => {
      const a = await shard.admit();
      const sql = `SELECT $1::int AS n, $2::timestamptz AS at, $3::jsonb AS json, $4::text[] AS list, $5::bytea AS bytes,
                          $6::text AS nothing, true AS yes`;
      const values = [7, new Date(5), { a: ['ü'] }, ['x', null, 'y"z'], Buffer.from([0, 255]), null];
      const row = {
        n: 7,
        at: new Date(5),
        json: { a: ['ü'] },
        list: ['x', null, 'y"z'],
        bytes: Buffer.from([0, 255]),
      };
      for (let round = 0; round < 2; round += 1) {
        expect(await inTenant(a, () => shard.database.query(sql, values))).toEqual([
          { ...row, nothing: null, yes: true },
        ]);
      }
    });

    it('is prepared once a connection', async () => {
      const a = await shard.admit();
      await inTenant(a, () => shard.database.query(FIND, ['warm']));
      const before = await admin.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'door' AND datname = current_database()`,
      );
      expect(before.rows).toEqual([{ n: 1 }]);
      const sql = `SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement = '${FIND.replaceAll("'", "''")}'`;
      for (let round = 0; round < 5; round += 1) {
        await inTenant(a, () => shard.database.query(FIND, [String(round)]));
      }
      expect(await inTenant(a, () => shard.database.query(sql))).toEqual([{ n: 1 }]);
    });

    it('gives up the oldest prepared statements when there are too many', async () => {
      const few = await testShard({ tenants: 1, database: { session: { preparedStatements: 4 } } });
      const [tenant] = few.tenants;
      if (tenant === undefined) throw new Error('A tenant is needed.');
      const text = (number: number) => `SELECT ${number} AS n, $1::text AS t`;
      for (const number of [1, 2, 3, 4, 5, 6, 1, 2, 6]) {
        const row = await few.inTenant(tenant, () => few.database.query(text(number), ['x']));
        expect(row).toEqual([{ n: number, t: 'x' }]);
      }
      const [held] = await few.inTenant(tenant, () =>
        few.database.query<{ n: number }>('SELECT count(*)::int AS n FROM pg_prepared_statements'),
      );
      expect(held?.n).toBeLessThanOrEqual(4);
      await few.close();
    });

    it('is prepared anew when the table under it has changed', async () => {
      const a = await shard.admit();
      const sql = 'SELECT * FROM notes.notebooks';
      await inTenant(a, () => add('one'));
      expect(await inTenant(a, () => shard.database.query(sql))).toHaveLength(1);
      await admin.query('ALTER TABLE notes.notebooks ADD COLUMN colour text');
      try {
        expect(await inTenant(a, () => shard.database.query(sql))).toMatchObject([{ colour: null }]);
        await admin.query('ALTER TABLE notes.notebooks DROP COLUMN colour');
        const inRun = () => shard.database.run(() => shard.database.query(sql));
        expect(Object.keys((await inTenant(a, inRun))[0] ?? {})).toEqual(['tenant_id', 'id', 'title']);
      } finally {
        await admin.query('ALTER TABLE notes.notebooks DROP COLUMN IF EXISTS colour');
      }
    });

    it('is stopped when it takes too long, or waits too long for a lock', async () => {
      const a = await shard.admit();
      await inTenant(a, () => add('locked'));
      expect(await failureOf(inTenant(a, () => shard.database.query('SELECT pg_sleep(5)')))).toMatchObject({
        kind: 'timeout',
        code: 'database.timeout',
      });
      await admin.query('BEGIN');
      await admin.query('LOCK TABLE notes.notebooks');
      const blocked = await failureOf(inTenant(a, titles));
      await admin.query('ROLLBACK');
      expect(blocked).toMatchObject({ kind: 'unavailable', code: 'database.busy', retryAfterSeconds: 1 });
      expect(await inTenant(a, titles)).toEqual(['locked']);
    });

    it('leaves no tenant behind on its connection', async () => {
      const a = await shard.admit();
      await inTenant(a, () => add('secret'));
      await inTenant(a, () => shard.database.run(titles));
      const raw = new Client({ connectionString: shard.appUrl });
      await raw.connect();
      await raw.query('BEGIN');
      await raw.query('SELECT app.enter_tenant($1, 1)', [a.id]);
      expect((await raw.query(TITLES)).rowCount).toBe(1);
      await raw.query('COMMIT');
      expect((await raw.query(TITLES)).rowCount).toBe(0);
      expect((await raw.query('SELECT app.current_tenant() AS t')).rows).toEqual([{ t: null }]);
      await raw.end();
    });

    it('needs a tenant', async () => {
      await expect(shard.database.query(TITLES)).rejects.toThrow('No request context');
    });

    it('says that there is no such tenant', async () => {
      const stranger: TenantRef = { ...(await shard.admit()), id: newId() };
      expect(await failureOf(inTenant(stranger, titles))).toMatchObject({
        kind: 'not_found',
        code: 'tenant.not_found',
      });
    });
  });

  describe('a run', () => {
    it('keeps all or nothing', async () => {
      const a = await shard.admit();
      await inTenant(a, () =>
        shard.database.run(async () => {
          await add('one');
          await add('two');
        }),
      );
      const refused = inTenant(a, () =>
        shard.database.run(async () => {
          await add('three');
          throw new Error('changed my mind');
        }),
      );
      await expect(refused).rejects.toThrow('changed my mind');
      expect(await inTenant(a, titles)).toEqual(['one', 'two']);
    });

    it('gives back what the work gave', async () => {
      const a = await shard.admit();
      expect(await inTenant(a, () => shard.database.run(async () => 42))).toBe(42);
    });

    it('takes no connection until a statement needs one', async () => {
      const a = await shard.admit();
      await inTenant(a, () =>
        shard.database.run(async () => {
          expect(shard.database.poolStats().every(({ open, idle }) => open === idle)).toBe(true);
        }),
      );
    });

    it('is joined by the runs within it', async () => {
      const a = await shard.admit();
      await failureOf(
        inTenant(a, () =>
          shard.database.run(async () => {
            await shard.database.run(() => add('inner'));
            expect(await titles()).toEqual(['inner']);
            throw new Error('outer fails');
          }),
        ),
      );
      expect(await inTenant(a, titles)).toEqual([]);
    });

    it('is undone as a whole when a run within it failed, even if that was caught', async () => {
      const a = await shard.admit();
      const failure = await failureOf(
        inTenant(a, () =>
          shard.database.run(async () => {
            await add('outer');
            await failureOf(
              shard.database.run(async () => {
                await add('inner');
                throw new Error('inner fails');
              }),
            );
          }),
        ),
      );
      expect(failure).toMatchObject({ message: 'inner fails' });
      expect(await inTenant(a, titles)).toEqual([]);
    });

    it('never seems to be committed when a statement in it failed', async () => {
      const a = await shard.admit();
      await inTenant(a, () => add('taken'));
      const failure = await failureOf(
        inTenant(a, () =>
          shard.database.run(async () => {
            await add('new');
            await failureOf(add('taken'));
          }),
        ),
      );
      expect(isUniqueViolation(failure)).toBe(true);
      expect(await inTenant(a, titles)).toEqual(['taken']);
    });

    it('runs statements that are asked for at once one after the other', async () => {
      const a = await shard.admit();
      await inTenant(a, () =>
        shard.database.run(async () => {
          await Promise.all(['c', 'a', 'b'].map((title) => add(title)));
        }),
      );
      expect(await inTenant(a, titles)).toEqual(['a', 'b', 'c']);
    });

    it('refuses a statement that comes after its end', async () => {
      const a = await shard.admit();
      let late: Promise<unknown> = Promise.resolve();
      await inTenant(a, () =>
        shard.database.run(async () => {
          await titles();
          late = new Promise((resolve) => setTimeout(resolve, 50)).then(titles);
        }),
      );
      await expect(late).rejects.toThrow('The transaction is over');
    });

    it('belongs to one tenant', async () => {
      const [a, b] = [await shard.admit(), await shard.admit()];
      const mixed = inTenant(a, () => shard.database.run(() => inTenant(b, titles)));
      await expect(mixed).rejects.toThrow('A transaction belongs to one tenant');
    });

    it('reads only what is committed, at the one level that the fence allows', async () => {
      const a = await shard.admit();
      const level = await inTenant(a, () =>
        shard.database.run(() =>
          shard.database.query(`SELECT current_setting('transaction_isolation') AS level`),
        ),
      );
      expect(level).toEqual([{ level: 'read committed' }]);
    });

    it('gives its connection back clean whatever happened', async () => {
      const a = await shard.admit();
      await failureOf(inTenant(a, () => shard.database.run(() => shard.database.query('SELECT nonsense'))));
      expect(
        await inTenant(a, () =>
          shard.database.query('SELECT pg_current_xact_id_if_assigned() IS NULL AS fresh'),
        ),
      ).toEqual([{ fresh: true }]);
      expect(shard.database.poolStats()).toMatchObject([{ open: 1, idle: 1, waiting: 0 }]);
    });
  });

  describe('a tenant that moves', () => {
    it('is followed when the epoch turns out to be stale, and the statement runs once', async () => {
      const a = await shard.admit();
      await shard.control.fenceTenant('test', a.id, 1, 'moving');
      await shard.control.admitTenant('test', a.id, 5);
      const placement = await shard.directory.placement(a.id);
      shard.directory.moved.set(a.id, { ...placement, epoch: 5 });
      await inTenant(a, () => add('after'));
      expect(await inTenant(a, titles)).toEqual(['after']);
    });

    it('is followed at the first statement of a run, which then goes on', async () => {
      const a = await shard.admit();
      await shard.control.fenceTenant('test', a.id, 1, 'moving');
      await shard.control.admitTenant('test', a.id, 2);
      shard.directory.moved.set(a.id, { ...(await shard.directory.placement(a.id)), epoch: 2 });
      await inTenant(a, () =>
        shard.database.run(async () => {
          await add('one');
          await add('two');
        }),
      );
      expect(await inTenant(a, titles)).toEqual(['one', 'two']);
    });

    it('is waited for while it moves', async () => {
      const a = await shard.admit();
      await shard.control.fenceTenant('test', a.id, 1, 'moving');
      const waits = inTenant(a, () => add('patient'));
      await new Promise((resolve) => setTimeout(resolve, 80));
      await shard.control.admitTenant('test', a.id, 2);
      shard.directory.moved.set(a.id, { ...(await shard.directory.placement(a.id)), epoch: 2 });
      await waits;
      expect(await inTenant(a, titles)).toEqual(['patient']);
    });

    it('is given up on for now when the move takes too long', async () => {
      const a = await shard.admit();
      await shard.control.fenceTenant('test', a.id, 1, 'moving');
      expect(await failureOf(inTenant(a, titles))).toMatchObject({
        kind: 'unavailable',
        code: 'tenant.moving',
        retryAfterSeconds: 1,
      });
    });

    it('is never written under the old epoch, though the transaction was open when the fence went up', async () => {
      const a = await shard.admit();
      let fence: Promise<unknown> = Promise.resolve();
      let isFenced = false;
      await inTenant(a, () =>
        shard.database.run(async () => {
          await add('before');
          fence = shard.control.fenceTenant('test', a.id, 1, 'moved').then(() => {
            isFenced = true;
          });
          await new Promise((resolve) => setTimeout(resolve, 60));
          expect(isFenced).toBe(false);
          await add('still before');
        }),
      );
      await fence;
      expect(await failureOf(inTenant(a, () => add('after')))).toMatchObject({ code: 'tenant.moving' });
      const { rows } = await admin.query(
        'SELECT title FROM notes.notebooks WHERE tenant_id = $1 ORDER BY 1',
        [a.id],
      );
      expect(rows).toEqual([{ title: 'before' }, { title: 'still before' }]);
    });

    it('cannot be entered at all under a snapshot that is older than the fence', async () => {
      const a = await shard.admit();
      const old = new Client({ connectionString: shard.appUrl });
      await old.connect();
      await old.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await old.query('SELECT 1');
      await shard.control.fenceTenant('test', a.id, 1, 'moved');
      await expect(old.query('SELECT app.enter_tenant($1, 1)', [a.id])).rejects.toMatchObject({
        code: '25001',
      });
      await old.end();
    });
  });

  describe('a database that goes away', () => {
    it('fails the statement at work, says when to come back, and recovers by itself', async () => {
      const a = await shard.admit();
      await inTenant(a, () => add('kept'));
      const atWork = failureOf(inTenant(a, () => shard.database.query('SELECT pg_sleep(0.3)')));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'door' AND datname = current_database()`,
      );
      expect(await atWork).toMatchObject({
        kind: 'unavailable',
        code: 'database.unavailable',
        retryAfterSeconds: 2,
      });
      expect(await inTenant(a, titles)).toEqual(['kept']);
    });

    it('undoes the run at work', async () => {
      const a = await shard.admit();
      const failure = await failureOf(
        inTenant(a, () =>
          shard.database.run(async () => {
            await add('lost');
            await admin.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'door' AND datname = current_database()`,
            );
            await new Promise((resolve) => setTimeout(resolve, 30));
            await add('never');
          }),
        ),
      );
      expect(failure).toMatchObject({ code: 'database.unavailable' });
      expect(await inTenant(a, titles)).toEqual([]);
    });

    it('refuses new work at once while no connection can be made', async () => {
      const a = await shard.admit();
      await inTenant(a, titles);
      const gone = { ...shard.shard, url: 'postgres://nobody@127.0.0.1:1/none', name: 'gone' };
      const b = await shard.admit();
      shard.directory.add(b, gone);
      const start = performance.now();
      expect(await failureOf(inTenant(b, titles))).toMatchObject({ code: 'database.unavailable' });
      expect(await failureOf(inTenant(b, titles))).toMatchObject({ code: 'database.unavailable' });
      expect(performance.now() - start).toBeLessThan(2_000);
      // The other shard does not suffer.
      expect(await inTenant(a, titles)).toEqual([]);
    });
  });
});
