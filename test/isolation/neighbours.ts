import { setTimeout as delay } from 'node:timers/promises';
import type { PasskeyOptions, SecondStep } from '#libs/contracts/auth';
import type { Draft, MyCourse } from '#libs/contracts/courses';
import { SoftwarePasskey } from '#libs/crypto/testing';
import { acceptInvitation, anAcademy, type Academy } from '../support/academy.js';
import { keyPair } from '../support/peers/key-pair.mjs';
import { Site } from '../support/platform.js';

export interface Neighbour extends Academy {
  readonly learner: Site;
  /** Presents a key with every permission of the owner. */
  readonly apiKey: Site;
  readonly apiKeyText: string;
  readonly bearer: Readonly<Record<string, string>>;
  readonly cookies: string;
  /** A sign-in to an app that is under way. */
  readonly interactionId: string;
}

export interface Neighbours {
  readonly mine: Neighbour;
  readonly theirs: Neighbour;
}

const LEARNER = 'learner@acme.example';

/** Two academies with the same people, courses and everything else, on one shard. */
export async function prepareNeighbours(): Promise<Neighbours> {
  const label = Date.now().toString(36);
  const byShard = new Map<string, Academy>();
  // There are fewer small shards than this, so two of them have to meet.
  for (let count = 1; count <= 12; count += 1) {
    const academy = await anAcademy(`n${label}-${count}`);
    const other = byShard.get(academy.shard);
    if (other !== undefined) return { mine: await furnish(other), theirs: await furnish(academy) };
    byShard.set(academy.shard, academy);
  }
  throw new Error('No two of twelve academies came to one shard.');
}

/** Gives an academy at least one of everything that has an id. */
async function furnish(academy: Academy): Promise<Neighbour> {
  const { slug, owner, ownerEmail, password } = academy;
  await owner.send('POST', '/api/v1/invitations', { email: LEARNER });
  const learner = await acceptInvitation(slug, LEARNER);
  await owner.send('POST', '/api/v1/users', { email: 'newcomer@acme.example', name: 'Newcomer' });
  await owner.send('POST', '/api/v1/teams', { name: `Team of ${slug}` });
  await owner.call({
    method: 'POST',
    path: '/api/v1/user-imports?name=people.csv',
    body: Buffer.from(`email,name\nlisted@${slug}.example,Listed\n`),
  });
  await owner.send('POST', '/api/v1/domains', { host: `learn.${slug}.example` });
  await owner.call({
    method: 'POST',
    path: '/api/v1/media?name=notes.txt',
    body: Buffer.from(`Notes of ${slug}`),
  });
  await owner.call({
    method: 'POST',
    path: '/api/v1/media/uploads',
    headers: { 'upload-length': '1000', 'upload-metadata': `filename ${btoa('film.mp4')}` },
  });
  await earnCertificate(owner, learner);
  await owner.send('POST', '/api/v1/scim/tokens', { name: 'Directory' });
  await trustDevice(slug, learner, password);
  await connectProvider(owner, slug);
  await connectDirectory(owner, slug);
  const interactionId = await beginAppSignIn(owner, slug);
  const apiKeyText = await anApiKey(owner);
  return {
    ...academy,
    ...{ learner, apiKeyText, interactionId },
    apiKey: new Site(slug).with({ 'x-api-key': apiKeyText }),
    bearer: await bearerOf(slug, ownerEmail, password),
    cookies: await cookiesOf(slug, ownerEmail, password),
  };
}

/** A passkey, and a device that is trusted because of it. */
async function trustDevice(slug: string, learner: Site, password: string): Promise<void> {
  const site = new Site(slug);
  const key = new SoftwarePasskey({ origin: site.origin, rpId: new URL(site.origin).hostname });
  const factors = '/api/v1/auth/factors/passkeys';
  const made = await learner.send<PasskeyOptions>('POST', `${factors}/options`);
  const response = key.register(made.options.challenge);
  await learner.send('POST', factors, { challengeId: made.challengeId, name: 'A key', response });
  const step = await site.send<SecondStep>('POST', '/api/v1/auth/login', { email: LEARNER, password });
  const { challengeId } = step;
  const path = '/api/v1/auth/second-step';
  const asked = await site.send<PasskeyOptions>('POST', `${path}/passkey-options`, { challengeId });
  const answer = key.assert(asked.options.challenge);
  await site.send('POST', path, { method: 'passkey', challengeId, response: answer, trustDevice: true });
}

/** A connection that somebody has tried to sign in by, a link to set it up, and a domain of addresses. */
async function connectProvider(owner: Site, slug: string): Promise<void> {
  const { certificate } = await keyPair(slug);
  const { id } = await owner.send<{ id: string }>('POST', '/api/v1/sso/connections', {
    ...{ kind: 'saml', name: 'Company' },
    saml: {
      entityId: `https://idp.${slug}.example`,
      ssoUrl: `https://idp.${slug}.example/sso`,
      certificates: [certificate],
    },
  });
  await owner.send('POST', '/api/v1/sso/setup-links', { connectionId: id });
  await owner.send('POST', '/api/v1/sso/email-domains', { domain: `mail.${slug}.example`, connectionId: id });
  await new Site(slug).call({
    ...{ method: 'POST', path: `/auth/saml/${id}/acs` },
    body: Buffer.from('SAMLResponse=PHg%2BPC94Pg%3D%3D'),
  });
}

/** A directory that nobody reaches, and a run that was asked for. */
async function connectDirectory(owner: Site, slug: string): Promise<void> {
  const connections = '/api/v1/sso/connections';
  const { id } = await owner.send<{ id: string }>('POST', connections, {
    ...{ kind: 'ldap', name: 'Directory' },
    ldap: {
      servers: [{ host: `ldap.${slug}.example`, port: 636 }],
      ...{ bindDn: `cn=search,dc=${slug}`, bindPassword: 'search-secret', baseDn: `dc=${slug}` },
    },
  });
  await owner.send('POST', `${connections}/${id}/ldap/syncs`, { kind: 'preview' });
}

/** An app, and somebody on his way into it. */
async function beginAppSignIn(owner: Site, slug: string): Promise<string> {
  const redirect = `https://app.${slug}.example/back`;
  const { app } = await owner.send<{ app: { id: string } }>('POST', '/api/v1/sso/apps', {
    ...{ name: 'Timetable', redirectUris: [redirect] },
  });
  const question = new URLSearchParams({
    ...{ client_id: app.id, redirect_uri: redirect, response_type: 'code', scope: 'openid' },
    ...{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' },
  });
  const { headers } = await new Site(slug).call({ path: `/oidc/auth?${question.toString()}` });
  return String(headers['location']).split('/').at(-1) ?? '';
}

async function earnCertificate(owner: Site, learner: Site): Promise<void> {
  const { id } = await owner.send<{ id: string }>('POST', '/api/v1/courses', { title: 'A short course' });
  const draft = await owner.get<Draft>(`/api/v1/courses/${id}/draft`);
  const lesson = { kind: 'article', title: 'All there is', markdown: 'Read *this*.' };
  const content = { ...draft.content, modules: [{ title: 'Only part', lessons: [lesson] }] };
  const ifMatch = { 'if-match': `"${draft.revision}"` };
  const saved = await owner.send<Draft>('PUT', `/api/v1/courses/${id}/draft`, { content }, ifMatch);
  await owner.send('POST', `/api/v1/courses/${id}/publish`, undefined, { 'if-match': `"${saved.revision}"` });
  await owner.send('POST', '/api/v1/enrolment-rules', {
    ...{ name: 'Everybody', status: 'paused', match: 'all', conditions: [] },
    ...{ courseIds: [id], due: { kind: 'none' } },
  });
  await eventually(async () => learner.send('POST', `/api/v1/courses/${id}/enrolments`));
  const { items } = await learner.get<{ items: MyCourse[] }>('/api/v1/me/courses');
  const mine = items.find(({ courseId }) => courseId === id);
  if (mine === undefined || mine.nextLessonId === null) {
    throw new Error('The course that was just begun is not among my courses.');
  }
  const path = `/api/v1/me/courses/${mine.enrolmentId}/lessons/${mine.nextLessonId}/progress`;
  await learner.send('PUT', path, { state: 'completed' });
}

/** Who was just invited is known to the courses service a moment later. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= 20) throw error;
      await delay(250);
    }
  }
}

/** A key that may all that its maker may. */
async function anApiKey(owner: Site): Promise<string> {
  const { permissions } = await owner.get<{ permissions: string[] }>('/api/v1/auth/me');
  const { key } = await owner.send<{ key: string }>('POST', '/api/v1/api-keys', {
    name: 'test',
    scopes: permissions,
  });
  return key;
}

async function cookiesOf(slug: string, email: string, password: string): Promise<string> {
  const answer = await new Site(slug).call({
    method: 'POST',
    path: '/api/v1/auth/login',
    body: { email, password },
  });
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}

async function bearerOf(slug: string, email: string, password: string): Promise<Record<string, string>> {
  const { accessToken } = await new Site(slug).send<{ accessToken: string }>('POST', '/api/v1/auth/login', {
    email,
    password,
  });
  return { authorization: `Bearer ${accessToken}` };
}
