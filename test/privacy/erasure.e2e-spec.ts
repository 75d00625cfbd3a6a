import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED_NAME } from '#libs/contracts';
import type { Erasure } from '#libs/contracts/auth';
import { strFromU8, unzipSync } from 'fflate';
import { request } from 'undici';
import { operatorSite, testPlatform } from '../support/platform.js';
import { aSubject, type Subject } from './subject.js';
import { filesWith, keysWith, replaying, rowsWithout, tablesWith, unfinished } from './traces.js';

/** Where the scan finds a person, and the section of her archive that shows it. Null: it is a copy of what another shows. */
const shownIn: Readonly<Record<string, string | null>> = {
  'auth.acting_sessions': 'auth/support_sessions',
  'auth.api_keys': 'auth/api_keys',
  'auth.federated_sessions': 'auth/sessions',
  'auth.identities': 'auth/identities',
  'auth.notifications': 'auth/notifications',
  'auth.passkeys': 'auth/passkeys',
  'auth.registrations': 'auth/registrations',
  'auth.scim_failures': 'auth/scim_failures',
  'auth.scim_users': 'auth/provisioned_by_scim',
  'auth.sessions': 'auth/sessions',
  'auth.setup_links': 'auth/setup_links',
  'auth.sso_attempts': 'auth/sign_in_attempts',
  'auth.trusted_devices': 'auth/trusted_devices',
  'auth.user_import_rows': 'auth/imported_rows',
  'auth.users': 'auth/profile',
  'courses.attempt_grants': 'courses/quiz_attempts_granted',
  'courses.attempts': 'courses/quiz_attempts',
  'courses.certificates': 'courses/certificates',
  'courses.notes': 'courses/notes',
  'courses.people': 'courses/person',
  'events.events': null,
  'insights.audit_entries': 'insights/audit_entries',
  'insights.people': 'insights/person',
  'media.uploads': 'media/uploads',
  'requests.idempotency_keys': null,
};

let subject: Subject;
let before: { readonly tables: string[]; readonly otherTables: string[] };
let others: ReadonlySet<string>;
let ownerToken: string;

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 120_000; !(await isTrue());) {
    if (Date.now() > deadline) throw new Error('It has not come to an end after 120 s.');
    await delay(250);
  }
}

async function settled(): Promise<void> {
  const { academy, tenantId } = subject;
  await until(async () => (await unfinished(academy.shard, tenantId)) === 0);
}

const nowhere = { tables: [], keys: [], files: [] };

/** Read models hear of the erasure each in its time. */
async function untilNowhere(word: string): Promise<void> {
  await until(async () => (await tablesWith(word)).length === 0);
  expect(await everywhere(word)).toEqual(nowhere);
}

async function everywhere(word: string): Promise<Record<string, string[]>> {
  return { tables: await tablesWith(word), keys: await keysWith(word), files: await filesWith(word) };
}

/** The files of an archive that the owner downloads. */
async function archiveAt(path: string): Promise<ReadonlyMap<string, string>> {
  const answer = await request(new URL(path, testPlatform().baseUrl), {
    headers: { host: subject.academy.owner.host, authorization: `Bearer ${ownerToken}` },
  });
  expect(answer.statusCode).toBe(200);
  const files = unzipSync(new Uint8Array(await answer.body.arrayBuffer()));
  return new Map(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

beforeAll(async () => {
  subject = await aSubject(randomBytes(5).toString('hex'));
  const { owner, ownerEmail: email, password } = subject.academy;
  ({ accessToken: ownerToken } = await owner.send<{ accessToken: string }>('POST', '/api/v1/auth/login', {
    ...{ email, password },
  }));
  // Once, as projections pass over what they do not read only every few seconds.
  await settled();
  others = await rowsWithout(subject.tenantId, [subject.word, subject.id]);
  before = { tables: await tablesWith(subject.word), otherTables: await tablesWith(subject.otherWord) };
}, 180_000);

describe('a person who has left a word in every place', () => {
  it('is found in all tables that hold words of people, in Redis and in letters', async () => {
    expect(before.tables).toEqual(Object.keys(shownIn).sort());
    expect(await keysWith(subject.word)).toEqual(['harka:events']);
    expect((await filesWith(subject.word)).length).toBeGreaterThan(0);
  });

  it('is given all of it in one archive: to read, for programs, and as tables', async () => {
    const { id, word } = subject;
    const files = await archiveAt(`/api/v1/users/${id}/data`);
    const missing = before.tables.filter((table) => {
      const section = shownIn[table];
      return typeof section === 'string' && files.get(`${section}.csv`)?.includes(word) !== true;
    });
    expect(missing).toEqual([]);
    const { data } = JSON.parse(files.get('data.json') ?? '') as {
      data: Record<string, Record<string, unknown>>;
    };
    for (const section of Object.values(shownIn)) {
      const [service = '', name = ''] = (section ?? 'auth/profile').split('/');
      expect(JSON.stringify(data[service]?.[name])).toContain(word);
    }
    expect(files.get('index.html')).toContain(`What ${word} thinks of it.`);
    // Of others there is not a word in it.
    expect([...files.values()].filter((text) => text.includes(subject.otherWord))).toEqual([]);
  });

  it('is not erased while she may sign in, and an owner never', async () => {
    const { academy, id } = subject;
    const refused = await academy.owner.call({ method: 'POST', path: `/api/v1/users/${id}/erasure` });
    expect([refused.status, (refused.json as { code: string }).code]).toEqual([
      409,
      'erasure.not_deactivated',
    ]);
    const me = await academy.owner.get<{ id: string }>('/api/v1/auth/me');
    const own = await academy.owner.call({ method: 'POST', path: `/api/v1/users/${me.id}/erasure` });
    expect([own.status, (own.json as { code: string }).code]).toEqual([409, 'user.own_account']);
    const byAdmin = await subject.site.call({ method: 'POST', path: `/api/v1/users/${me.id}/erasure` });
    expect([byAdmin.status, (byAdmin.json as { code: string }).code]).toEqual([403, 'user.owner_only']);
  });

  it('is nowhere once every service has let go of her', async () => {
    const { academy, id, word } = subject;
    await academy.owner.send('POST', `/api/v1/users/${id}/deactivate`);
    const asked = await academy.owner.send<Erasure>('POST', `/api/v1/users/${id}/erasure`);
    expect(asked.parts.map(({ service }) => service)).toEqual(['auth', 'courses', 'media', 'insights']);
    const path = `/api/v1/users/${id}/erasure`;
    await until(async () => (await academy.owner.get<Erasure>(path)).completedAt !== null);
    await untilNowhere(word);
    const { items } = await academy.owner.get<{ items: Erasure[] }>('/api/v1/privacy/erasures');
    expect(items.map(({ userId }) => userId)).toEqual([id]);
    expect((await academy.owner.call({ path: `/api/v1/users/${id}` })).status).toBe(404);
  });

  it('has left every row alone that is about somebody else', async () => {
    const after = await rowsWithout(subject.tenantId, []);
    expect(others.size).toBeGreaterThan(100);
    expect([...others].filter((row) => !after.has(row))).toEqual([]);
    expect(await tablesWith(subject.otherWord)).toEqual(before.otherTables);
  });

  it('is nobody in the audit log, which still tells that something was done', async () => {
    const { items } = await subject.academy.owner.get<{
      items: { type: string; actor: { name: string | null } }[];
    }>(`/api/v1/audit?actor=${subject.id}&limit=100`);
    expect(items.map(({ type }) => type)).toContain('courses.note.saved');
    expect(new Set(items.map(({ actor }) => actor.name))).toEqual(new Set([ERASED_NAME]));
  });

  it('stays nobody when the read models are built anew from the log', async () => {
    const { academy, tenantId } = subject;
    const operator = operatorSite();
    for (const projection of ['insights.audit', 'insights.dashboard', 'courses.people']) {
      await operator.send('POST', '/api/v1/operator/projections/replay', {
        ...{ tenantId, projection },
      });
    }
    await until(async () => (await replaying(academy.shard, tenantId)) === 0);
    expect(await everywhere(subject.word)).toEqual(nowhere);
  });

  it('is not there to be erased, changed or given her data again', async () => {
    const { academy, id } = subject;
    const calls = await Promise.all([
      academy.owner.call({ method: 'POST', path: `/api/v1/users/${id}/erasure` }),
      academy.owner.call({ method: 'POST', path: `/api/v1/users/${id}/reactivate` }),
      academy.owner.call({ path: `/api/v1/users/${id}/data` }),
    ]);
    expect(calls.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});
