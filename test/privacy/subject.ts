import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Draft, MyCourse } from '#libs/contracts/courses';
import { acceptInvitation, anAcademy, type Academy } from '../support/academy.js';
import { Site } from '../support/platform.js';
import { plant, tenantOf } from './traces.js';

/** A person who has left a word in every place where anybody can. */
export interface Subject {
  readonly academy: Academy;
  readonly tenantId: string;
  readonly id: string;
  readonly site: Site;
  /** In the name, the address, the device and all that was written: whoever finds it has found the person. */
  readonly word: string;
  /** Of somebody else, who has left the like of it. */
  readonly otherWord: string;
}

/** Brings an academy in, in which two people leave their words; one of them is the subject. */
export async function aSubject(label: string): Promise<Subject> {
  const academy = await anAcademy(`privacy-${label}`);
  const [word, otherWord] = [`zelda${label}`, `otto${label}`];
  const courseId = await aCourse(academy.owner);
  const other = await aPerson(academy, otherWord);
  const subject = await aPerson(academy, word);
  for (const [person, its] of [
    [other, otherWord],
    [subject, word],
  ] as const) {
    await leaveByApi(academy, person, courseId, its);
  }
  const tenantId = await tenantOf(academy.shard, subject.id);
  await plant(academy.shard, [
    ...planted(tenantId, subject.id, word, other.id),
    ...planted(tenantId, other.id, otherWord, subject.id),
  ]);
  // Each leads a team and is somebody's manager.
  await manage(academy.owner, subject.id, `Team One ${label}`, 'rita', academy.slug);
  await manage(academy.owner, other.id, `Team Two ${label}`, 'rolf', academy.slug);
  return { academy, tenantId, ...subject, word, otherWord };
}

interface Person {
  readonly id: string;
  readonly site: Site;
  readonly email: string;
}

async function aPerson({ owner, slug }: Academy, word: string): Promise<Person> {
  const email = `${word}@${slug}.example`;
  const name = `Zoe ${word}`;
  await owner.send('POST', '/api/v1/invitations', { email, name, role: 'admin' });
  const accepted = await acceptInvitation(slug, email);
  // A bearer token of a sign-in from a device that can be told.
  const site = accepted.with({ 'user-agent': `Device of ${word}` });
  const { id } = await site.get<{ id: string }>('/api/v1/auth/me');
  return { id, site, email };
}

/** A course with something to read, and something to write into. */
async function aCourse(owner: Site): Promise<string> {
  const { id } = await owner.send<{ id: string }>('POST', '/api/v1/courses', { title: 'A short course' });
  const draft = await owner.get<Draft>(`/api/v1/courses/${id}/draft`);
  const lessons = [
    {
      ...{ kind: 'quiz', title: 'Answer', passMark: 0, attempts: 3 },
      questions: [{ kind: 'short', prompt: 'Who are you?', points: 1, answers: ['nobody'] }],
    },
    { kind: 'article', title: 'Read', markdown: 'Read *this*.' },
  ];
  const content = { ...draft.content, modules: [{ title: 'Only part', lessons }] };
  const ifMatch = { 'if-match': `"${draft.revision}"` };
  const saved = await owner.send<Draft>('PUT', `/api/v1/courses/${id}/draft`, { content }, ifMatch);
  await owner.send('POST', `/api/v1/courses/${id}/publish`, undefined, { 'if-match': `"${saved.revision}"` });
  return id;
}

async function leaveByApi(
  { owner, slug }: Academy,
  { id, site, email }: Person,
  courseId: string,
  word: string,
): Promise<void> {
  const signedIn = await new Site(slug).call({
    ...{ method: 'POST', path: '/api/v1/auth/login' },
    body: { email, password: 'an-own-long-password-9' },
    headers: { 'user-agent': `Device of ${word}` },
  });
  if (signedIn.status !== 200) throw new Error(`${email} cannot sign in: ${signedIn.text}`);
  await new Site(slug).call({
    ...{ method: 'POST', path: '/api/v1/auth/login', body: { email, password: 'a-wrong-password-1' } },
    headers: { 'user-agent': `Device of ${word}` },
  });
  await site.send('POST', '/api/v1/api-keys', { name: `Key of ${word}`, scopes: ['courses.read'] });
  await owner.send(
    'POST',
    '/api/v1/users/changes',
    { action: 'set_department', userIds: [id], department: `Dept ${word}` },
    { 'idempotency-key': randomUUID() },
  );
  const { headers } = await owner.call({ path: `/api/v1/users/${id}` });
  await owner.send(
    'PATCH',
    `/api/v1/users/${id}`,
    { locale: 'de' },
    { 'if-match': String(headers['etag']), 'idempotency-key': randomUUID() },
  );
  await owner.call({
    ...{ method: 'POST', path: '/api/v1/user-imports?name=people.csv' },
    body: Buffer.from(`email,name\n${email},Zoe ${word}\n`),
  });
  await site.call({
    ...{ method: 'POST', path: '/api/v1/media/uploads' },
    headers: { 'upload-length': '1000', 'upload-metadata': `filename ${btoa(`film of ${word}.mp4`)}` },
  });
  await learn(owner, site, courseId, word);
}

async function learn(owner: Site, site: Site, courseId: string, word: string): Promise<void> {
  await eventually(async () => site.send('POST', `/api/v1/courses/${courseId}/enrolments`));
  const { items } = await site.get<{ items: MyCourse[] }>('/api/v1/me/courses');
  const mine = items.find((course) => course.courseId === courseId);
  if (mine === undefined) throw new Error('The course that was just begun is not among my courses.');
  const path = `/api/v1/me/courses/${mine.enrolmentId}`;
  const outline = await site.get<{
    modules: { lessons: { id: string; kind: string }[] }[];
  }>(path);
  const lessons = outline.modules.flatMap((module) => module.lessons);
  for (const { id, kind } of lessons) {
    if (kind !== 'quiz') {
      const note = `${path}/lessons/${id}/note`;
      const etag = String((await site.call({ path: note })).headers['etag']);
      await site.send('PUT', note, { text: `What ${word} thinks of it.` }, { 'if-match': etag });
      await site.send('PUT', `${path}/lessons/${id}/progress`, { state: 'completed' });
      continue;
    }
    const lesson = await site.get<{ content: { questions: { id: string }[] } }>(`${path}/lessons/${id}`);
    const answers = questionsOf(lesson).map((questionId) => ({ questionId, text: `I am ${word}` }));
    await owner.send('POST', `/api/v1/courses/${courseId}/enrolments/${mine.enrolmentId}/attempts`, {
      ...{ lessonId: id, attempts: 1, reason: `Because ${word} was ill.` },
    });
    await site.send('POST', `${path}/lessons/${id}/attempts`, { answers });
  }
}

/** Wherever in the lesson they are. */
function questionsOf(lesson: unknown): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null) {
      const { id, prompt } = value as { id?: unknown; prompt?: unknown };
      if (typeof id === 'string' && typeof prompt === 'string') found.push(id);
      Object.values(value).forEach(look);
    }
  };
  look(lesson);
  return found;
}

async function manage(owner: Site, id: string, team: string, report: string, slug: string): Promise<void> {
  await owner.send('POST', '/api/v1/teams', { name: team, leadIds: [id] });
  const body = { email: `${report}@${slug}.example`, name: `Report ${report}` };
  const made = await owner.send<{ id: string }>('POST', '/api/v1/users', body);
  const change = { action: 'set_manager', userIds: [made.id], managerId: id };
  await owner.send('POST', '/api/v1/users/changes', change);
}

/** What comes from identity providers, authenticators and reminders, which a test of many systems would take to make. */
function planted(tenantId: string, userId: string, word: string, otherId: string) {
  const connection = randomUUID();
  const email = `${word}@elsewhere.example`;
  return [
    [
      `INSERT INTO auth.passkeys (tenant_id, id, user_id, credential_id, public_key, counter, rp_id, transports, synced, name, created_at)
       VALUES ($1, gen_random_uuid(), $2, $3, '', 0, 'x', '{}', false, $4, now())`,
      [tenantId, userId, randomUUID(), `Key of ${word}`],
    ],
    [
      `INSERT INTO auth.trusted_devices (tenant_id, id, user_id, token_hash, user_agent, ip, created_at, last_used_at, expires_at)
       VALUES ($1, gen_random_uuid(), $2, decode($3, 'hex'), $4, '10.0.0.1', now(), now(), now() + interval '1 day')`,
      [tenantId, userId, randomUUID().replaceAll('-', ''), `Device of ${word}`],
    ],
    [
      `INSERT INTO auth.connections (tenant_id, id, kind, provider, name, state, is_default, origin, settings, secrets, version, created_at, updated_at)
       VALUES ($1, $2, 'oidc', 'generic', 'Company', 'draft', false, 'https://x.example', '{}', '', 1, now(), now())`,
      [tenantId, connection],
    ],
    [
      `INSERT INTO auth.identities (tenant_id, connection_id, issuer, subject, user_id, created_at, last_used_at)
       VALUES ($1, $2, 'https://idp.example', $3, $4, now(), now())`,
      [tenantId, connection, `subject-${word}`, userId],
    ],
    [
      `INSERT INTO auth.sso_attempts (tenant_id, id, connection_id, at, purpose, outcome, subject, email, request_id, detail)
       VALUES ($1, gen_random_uuid(), $2, now(), 'sign_in', 'succeeded', $3, $4, 'r', '')`,
      [tenantId, connection, `subject-${word}`, email],
    ],
    [
      `INSERT INTO auth.federated_sessions (tenant_id, session_id, connection_id, issuer, subject)
       SELECT $1, s.id, $2, 'https://idp.example', $3 FROM auth.sessions s
        WHERE s.tenant_id = $1 AND s.user_id = $4 LIMIT 1`,
      [tenantId, connection, `subject-${word}`, userId],
    ],
    [
      `INSERT INTO auth.acting_sessions (tenant_id, id, operator_id, operator_name, reason, return_to)
       SELECT $1, s.id, 'op', 'Operator', $2, '' FROM auth.sessions s
        WHERE s.tenant_id = $1 AND s.user_id = $3 LIMIT 1`,
      [tenantId, `Helping ${word}`, userId],
    ],
    [
      `INSERT INTO auth.scim_users (tenant_id, user_id, user_name, external_id, given_name, family_name)
       VALUES ($1, $2, $3, $3, $3, $3)`,
      [tenantId, userId, `scim-${word}`],
    ],
    [
      `INSERT INTO auth.scim_failures (tenant_id, id, at, operation, status, code, detail)
       SELECT $1, gen_random_uuid(), now(), 'create', 409, 'user.already_exists', 'There is ' || u.email || ' already.'
         FROM auth.users u WHERE u.tenant_id = $1 AND u.id = $2`,
      [tenantId, userId],
    ],
    [
      `INSERT INTO auth.setup_links (tenant_id, id, connection_id, name, provider, recipient, is_for_one, origin, token_hash,
                                     created_by, created_at, expires_at)
       SELECT $1, gen_random_uuid(), gen_random_uuid(), 'Company', 'generic', u.email, true, '', decode($3, 'hex'),
              $4, now(), now() + interval '1 day'
         FROM auth.users u WHERE u.tenant_id = $1 AND u.id = $2`,
      [tenantId, userId, randomUUID().replaceAll('-', ''), otherId],
    ],
    [
      `INSERT INTO auth.registrations (tenant_id, id, email, name, password_hash, token_hash, created_at, expires_at)
       SELECT $1, gen_random_uuid(), u.email, u.name, '', decode($3, 'hex'), now(), now() + interval '1 day'
         FROM auth.users u WHERE u.tenant_id = $1 AND u.id = $2`,
      [tenantId, userId, randomUUID().replaceAll('-', '')],
    ],
    [
      `INSERT INTO auth.notifications (tenant_id, id, user_id, event_id, kind, details, in_app, created_at)
       VALUES ($1, gen_random_uuid(), $2, gen_random_uuid(), 'escalated', $3, true, now())`,
      [tenantId, otherId, JSON.stringify({ personId: userId, personName: `Zoe ${word}`, courseTitle: 'A' })],
    ],
    [
      `INSERT INTO auth.notifications (tenant_id, id, user_id, event_id, kind, details, in_app, created_at)
       VALUES ($1, gen_random_uuid(), $2, gen_random_uuid(), 'overdue', $3, true, now())`,
      [tenantId, userId, JSON.stringify({ courseTitle: `For ${word}` })],
    ],
  ] as const;
}

/** Who was just invited is known to the courses service a moment later. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= 40) throw error;
      await delay(250);
    }
  }
}
