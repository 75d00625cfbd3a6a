import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '#libs/contracts';
import type { PeopleImport } from '#libs/contracts/auth';
import type { TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import { Readable } from 'node:stream';
import {
  actorOf,
  aPerson,
  authOnShard,
  codeOf,
  eventsOf,
  mailsOf,
  site,
  type AuthOnShard,
} from '../../testing/index.js';
import type { User } from '../user/user.js';
import { UserReadModel } from '../user/user.read-model.js';
import { AdvanceImport } from './advance-import.use-case.js';
import { DownloadImportErrors } from './download-import-errors.use-case.js';
import { importView } from './people-import.js';
import { PeopleImportReadModel } from './people-import.read-model.js';
import { PeopleImportRepository } from './people-import.repository.js';
import { PeopleImportRunner } from './people-import.runner.js';
import { StartImport } from './start-import.use-case.js';
import { UploadPeople } from './upload-people.use-case.js';

const HEADER = 'email,name,role,team,department,manager_email';

describe('importing people', () => {
  let auth: AuthOnShard;
  let tenant: TenantRef;
  let admin: User;
  let count = 0;

  beforeAll(async () => {
    auth = await authOnShard({ tenants: 0 });
  }, 60_000);
  afterAll(async () => auth.close());
  beforeEach(async () => {
    count += 1;
    tenant = await auth.shard.admit(aTenant({ slug: `import-${count}`, plan: 'enterprise' }));
    admin = await somebody('admin');
  });

  const somebody = async (role: Role): Promise<User> => (await aPerson(auth, tenant, role)).user;
  const as = <R>(work: () => R, user = admin) => auth.as(tenant, actorOf(user), work);
  const upload = (text: string | Buffer, user = admin) =>
    as(() => auth.get(UploadPeople).execute('people.csv', Readable.from([Buffer.from(text)]), site), user);
  const work = (id: string) => as(() => auth.get(AdvanceImport).execute(id, Date.now() + 60_000));
  const show = async (id: string): Promise<PeopleImport> =>
    importView(await as(() => auth.get(PeopleImportRepository).byId(id)));
  const rows = async (id: string) => {
    const run = await as(() => auth.get(PeopleImportRepository).byId(id));
    return (await as(() => auth.get(PeopleImportReadModel).rows(run, { limit: 100 }))).items;
  };
  const people = async () => (await as(() => auth.get(UserReadModel).page({ limit: 100 }))).items;
  const start = (id: string, invitations: 'none' | 'new' = 'none') =>
    as(() => auth.get(StartImport).execute(id, invitations));

  async function checked(text: string, user = admin): Promise<PeopleImport> {
    const { id } = await upload(text, user);
    await work(id);
    return show(id);
  }

  async function imported(text: string, invitations: 'none' | 'new' = 'none'): Promise<PeopleImport> {
    const { id } = await checked(text);
    await start(id, invitations);
    await work(id);
    return show(id);
  }

  it('writes nothing in the dry run, and says of each row what would happen', async () => {
    const before = await people();
    const run = await checked(
      [
        HEADER,
        'one@acme.example,One,learner,Bakery,Food,two@acme.example',
        'two@acme.example,Two,author,bakery,,',
        'nonsense,Three,learner,,,',
        'four@acme.example,,learner,,,',
        'five@acme.example,Five,chief,,,',
        'ONE@acme.example,Again,learner,,,',
        'six@acme.example,Six,learner,,,nobody@acme.example',
        'seven@acme.example,Seven,owner,,,',
        'eight@acme.example,Eight',
        `${admin.email},${admin.name},,,,`,
      ].join('\r\n'),
    );
    expect(run).toMatchObject({ state: 'ready', rows: 10 });
    expect(run.checked).toEqual({ created: 2, updated: 0, unchanged: 1, failed: 7 });
    expect((await rows(run.id)).map(({ line, outcome, code }) => [line, outcome, code])).toEqual([
      [2, 'created', null],
      [3, 'created', null],
      [4, 'failed', 'user_import.email_invalid'],
      [5, 'failed', 'user_import.name_missing'],
      [6, 'failed', 'user_import.role_unknown'],
      [7, 'failed', 'user_import.duplicate'],
      [8, 'failed', 'user_import.manager_not_found'],
      [9, 'failed', 'user.owner_only'],
      [10, 'failed', 'user_import.field_count'],
      [11, 'unchanged', null],
    ]);
    expect(await people()).toEqual(before);
  });

  it('creates, updates and leaves alone, with teams and managers, and mails nobody who was not asked for', async () => {
    const known = await somebody('learner');
    const mails = (await mailsOf(auth, tenant)).length;
    const run = await imported(
      [
        HEADER,
        'low@acme.example,Low,learner,Bakery,Food,high@acme.example',
        'high@acme.example,High,author,BAKERY,,',
        `${known.email},Renamed,,Bakery,,low@acme.example`,
      ].join('\n'),
    );
    expect(run).toMatchObject({
      state: 'done',
      applied: { created: 2, updated: 1, unchanged: 0, failed: 0 },
    });
    const found = new Map((await people()).map((person) => [person.email, person]));
    const [low, high, renamed] = ['low@acme.example', 'high@acme.example', known.email].map((email) =>
      found.get(email),
    );
    expect(low).toMatchObject({ status: 'invited', team: 'Bakery', department: 'Food', managerId: high?.id });
    expect(high).toMatchObject({ team: 'Bakery', teamId: low?.teamId, role: 'author', managerId: null });
    expect(renamed).toMatchObject({ name: 'Renamed', team: 'Bakery', role: 'learner', managerId: low?.id });
    expect(await mailsOf(auth, tenant)).toHaveLength(mails);
    const types = (await eventsOf(auth, tenant)).map(({ type }) => type);
    expect(types.filter((type) => type === 'auth.team.created')).toHaveLength(1);
    expect(types.filter((type) => type === 'auth.user_import.finished')).toHaveLength(1);
    const again = await imported(
      [HEADER, 'low@acme.example,Low,learner,bakery,Food,high@acme.example'].join('\n'),
    );
    expect(again.applied).toEqual({ created: 0, updated: 0, unchanged: 1, failed: 0 });
  });

  it('mails new people when that was asked for', async () => {
    const mails = (await mailsOf(auth, tenant)).length;
    const run = await imported('email,name\na@acme.example,A\nb@acme.example,B\n', 'new');
    expect(run).toMatchObject({ state: 'done', invited: 2 });
    expect(await mailsOf(auth, tenant)).toHaveLength(mails + 2);
  });

  it('takes no more seats than the plan has', async () => {
    tenant = await auth.shard.admit(aTenant({ slug: `small-${count}`, plan: 'starter' }));
    admin = await somebody('admin');
    const lines = Array.from({ length: 120 }, (_, n) => `p${n}@acme.example,P ${n}`);
    const run = await imported(`email,name\n${lines.join('\n')}`);
    expect(run.checked).toMatchObject({ created: 99, failed: 21 });
    expect(run.applied).toMatchObject({ created: 99, failed: 21 });
  });

  it('goes on where it stood after its worker died, and does nothing twice', async () => {
    const lines = Array.from(
      { length: 2_500 },
      (_, n) => `p${n}@acme.example,P ${n},learner,Team ${n % 7},,${n === 0 ? '' : 'p0@acme.example'}`,
    );
    const { id } = await checked(`${HEADER}\n${lines.join('\n')}`);
    await start(id);
    // One step, and no more: the worker is gone.
    await as(() => auth.get(AdvanceImport).execute(id, 0));
    const half = await show(id);
    expect(half).toMatchObject({ state: 'running', applied: { created: 1_000 } });
    auth.queue.jobs.splice(0);
    await auth.get(PeopleImportRunner).wakeSilent();
    expect(auth.queue.jobs).toHaveLength(0);
    auth.clock.advance(31_000);
    await auth.get(PeopleImportRunner).wakeSilent();
    expect(auth.queue.jobs.map(({ name }) => name)).toEqual(['auth.user_import.advance']);
    await work(id);
    expect(await show(id)).toMatchObject({ state: 'done', applied: { created: 2_500, failed: 0 } });
    const created = (await eventsOf(auth, tenant)).filter(({ type }) => type === 'auth.user.created');
    expect(created).toHaveLength(2_501);
  }, 60_000);

  it('hands the rows that failed back, safe for a spreadsheet and ready to be mended', async () => {
    const run = await checked('email;name;team\n=1+1@x;"=cmd|""calc""!A1";"@a;b"\nok@acme.example;Fine;');
    const { fileName, lines } = await as(() => auth.get(DownloadImportErrors).execute(run.id));
    let text = '';
    for await (const line of lines) text += line;
    expect(fileName).toBe('people-errors.csv');
    expect(text.split('\r\n')).toEqual([
      '\uFEFFemail,name,team,error_line,error_code,error_reason',
      `'=1+1@x,"'=cmd|""calc""!A1","'@a;b",2,user_import.email_invalid,The e-mail address is not valid.`,
      '',
    ]);
    const mended = await checked(text.replace("'=1+1@x", 'mended@acme.example'));
    expect(mended.checked).toMatchObject({ created: 1, failed: 0 });
    await start(mended.id);
    await work(mended.id);
    expect((await people()).find(({ email }) => email === 'mended@acme.example')).toMatchObject({
      ...{ name: '=cmd|"calc"!A1', team: '@a;b' },
    });
  });

  it.each([
    ['', 'user_import.empty'],
    ['email,name\n', 'user_import.empty'],
    ['name,role\nA,learner', 'user_import.column_missing'],
    ['email,shoe size\na@acme.example,44', 'user_import.column_unknown'],
    ['email,email\na@acme.example,b', 'user_import.column_twice'],
    ['email,name\na@acme.example,"A', 'user_import.malformed'],
    [Buffer.from([0x65, 0x6d, 0x61, 0x69, 0x6c, 0x0a, 0xff, 0xfe]), 'user_import.encoding'],
  ])('refuses %p as a whole and keeps nothing of it', async (text, code) => {
    expect(await codeOf(upload(text))).toBe(code);
    expect((await as(() => auth.get(PeopleImportReadModel).page(10, undefined))).items).toEqual([]);
  });

  it('is stopped when whoever uploaded it may manage people no more', async () => {
    const other = await somebody('admin');
    const { id } = await upload('email,name\na@acme.example,A', other);
    await auth.shard.inTenant(tenant, () =>
      auth.shard.database.query(`UPDATE auth.users SET role = 'learner' WHERE id = '${other.id}'`),
    );
    await work(id);
    expect((await show(id)).state).toBe('cancelled');
  });

  it('keeps the last owner and takes the rights of who is made less', async () => {
    const owner = await somebody('owner');
    admin = owner;
    const run = await imported(`email,role\n${owner.email},admin`);
    expect(run.applied.failed).toBe(1);
    expect((await rows(run.id))[0]).toMatchObject({ code: 'user_import.last_owner' });
  });
});
