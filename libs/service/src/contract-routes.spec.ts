import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineEndpoint, headers, permissionsOfRole, type ServiceName } from '#libs/contracts';
import { ContextSigner, ContextVerifier, currentContext, type Actor, type ServiceKey } from '#libs/tenancy';
import { aTenant, aUser } from '#libs/tenancy/testing';
import { fastify, type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ContractRoutes } from './contract-routes.js';
import { asDomainError, problemOf } from './problem.js';

const shared = { service: 'courses', response: null } as const;
const show = defineEndpoint({
  ...shared,
  id: 'courses.thing.show',
  method: 'GET',
  path: '/things/:thingId',
  summary: 'Show',
  access: 'courses.read',
  params: z.strictObject({ thingId: z.uuid() }),
  query: z.strictObject({ deep: z.stringbool().optional() }),
});
const change = defineEndpoint({
  ...shared,
  id: 'courses.thing.change',
  method: 'PATCH',
  path: '/things',
  summary: 'Change',
  access: 'courses.author',
  body: z.strictObject({
    name: z.string().min(1).max(5),
    tags: z.array(z.strictObject({ label: z.string() })).optional(),
  }),
  ifMatch: true,
  bodyLimit: 200,
});
const open = defineEndpoint({
  ...shared,
  id: 'courses.thing.open',
  method: 'GET',
  path: '/open',
  summary: 'Open',
  access: 'public',
});
const inner = defineEndpoint({
  ...shared,
  id: 'courses.thing.inner',
  method: 'POST',
  path: '/inner',
  summary: 'Inner',
  access: 'service',
});
const member = defineEndpoint({
  ...shared,
  id: 'courses.thing.mine',
  method: 'GET',
  path: '/mine',
  summary: 'Mine',
  access: 'member',
});
const endpoints = [show, change, open, inner, member];

function keyOf(kid: ServiceName): ServiceKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    ...(privateKey.export({ format: 'jwk' }) as { x: string; d: string }),
    kty: 'OKP',
    crv: 'Ed25519',
    kid,
  };
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly payload?: object | string;
}
interface Got {
  readonly status: number;
  readonly json: { readonly code?: string; readonly errors?: { readonly pointer: string }[] };
}

describe(ContractRoutes.name, () => {
  const keys = [keyOf('gateway'), keyOf('courses')];
  let signer: ContextSigner;
  let verifier: ContextVerifier;
  let server: FastifyInstance;
  let base: string;

  beforeAll(async () => {
    signer = await ContextSigner.of('gateway', keys);
    verifier = await ContextVerifier.of('courses', keys);
  });

  beforeEach(async () => {
    server = fastify();
    const routes = new ContractRoutes(endpoints, verifier);
    routes.install(server);
    server.setErrorHandler((error, _request, reply) => {
      const problem = problemOf(asDomainError(error), 'r');
      return reply.status(problem.status).send(problem);
    });
    for (const { method, path } of endpoints) {
      server.route({
        method,
        url: path,
        handler: async (request) => ({ input: request.endpointInput, actor: currentContext().actor.id }),
      });
    }
    routes.check('courses');
    base = await server.listen({ host: '127.0.0.1', port: 0 });
  });

  afterEach(async () => server.close());

  const tokenOf = async (actor: Actor) => signer.sign({ tenant: aTenant(), actor }, 'courses');
  const call = async (url: string, { payload, headers: given = {}, method = 'GET' }: Sent): Promise<Got> => {
    const body = typeof payload === 'object' ? JSON.stringify(payload) : payload;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${base}${url}`, {
      method,
      headers: { ...type, ...given },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, json: (await response.json()) as Got['json'] };
  };
  const learner = aUser();
  const author = aUser({ role: 'author', permissions: permissionsOfRole('author') });
  const id = '0192f0c1-2f5e-7abc-8def-0123456789ab';

  it('runs the handler inside the context, with the input parsed, after a body as well', async () => {
    const answer = await call('/things', {
      method: 'PATCH',
      headers: { [headers.context]: await tokenOf(author), 'if-match': '"7"' },
      payload: { name: 'new' },
    });
    expect(answer.json).toMatchObject({ actor: author.id, input: { body: { name: 'new' }, ifMatch: '7' } });
  });

  it.each([
    ['without a context', '/open', undefined, 401, 'context.missing'],
    ['without the permission', '/things', 'learner', 403, 'auth.permission_missing'],
    ['to a service route from a person', '/inner', 'author', 403, 'auth.permission_missing'],
    ['to a member route from nobody', '/mine', 'nobody', 401, 'auth.sign_in_required'],
  ])('refuses a call %s', async (_, url, who, status, code) => {
    const actor =
      who === 'learner' ? learner : who === 'nobody' ? { ...author, kind: 'anonymous' as const } : author;
    const method = url === '/things' ? 'PATCH' : url === '/inner' ? 'POST' : 'GET';
    const context = who === undefined ? {} : { [headers.context]: await tokenOf(actor) };
    const answer = await call(url, { method, headers: context });
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ code });
  });

  it('points at each fault of the input', async () => {
    const answer = await call('/things', {
      method: 'PATCH',
      headers: { [headers.context]: await tokenOf(author), 'if-match': '"7"' },
      payload: { name: 'too long', tags: [{ label: 1, 'a/b': 1 }], more: true },
    });
    expect(answer.status).toBe(400);
    expect(answer.json.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/more',
      '/name',
      '/tags/0/a~1b',
      '/tags/0/label',
    ]);
  });

  it.each([
    ['a bad parameter', '/things/42', 'params/thingId'],
    ['an unknown query', `/things/${id}?other=1`, 'query/other'],
  ])('refuses %s', async (_, url, pointer) => {
    const answer = await call(url, { headers: { [headers.context]: await tokenOf(learner) } });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ errors: [{ pointer }] });
  });

  it.each([
    ['malformed JSON', '{"name":', 'application/json', 400, 'request.body_malformed'],
    [
      'a poisoned prototype',
      '{"__proto__":{"admin":true},"name":"x"}',
      'application/json',
      400,
      'request.body_malformed',
    ],
    ['another media type', 'name=x', 'text/plain', 415, 'request.media_type'],
    [
      'a body over the limit of the route',
      JSON.stringify({ name: 'x'.repeat(300) }),
      'application/json',
      413,
      'request.too_large',
    ],
  ])('refuses %s', async (_, payload, type, status, code) => {
    const answer = await call('/things', {
      method: 'PATCH',
      headers: { [headers.context]: await tokenOf(author), 'if-match': '"7"', 'content-type': type },
      payload,
    });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('asks for If-Match where the contract does', async () => {
    const context = { [headers.context]: await tokenOf(author) };
    const without = await call('/things', { method: 'PATCH', headers: context, payload: { name: 'x' } });
    expect(without.status).toBe(428);
    const weak = await call('/things', {
      method: 'PATCH',
      headers: { ...context, 'if-match': 'W/"1"' },
      payload: { name: 'x' },
    });
    expect(weak.json).toMatchObject({ code: 'request.if_match_invalid' });
  });

  it('does not let a service start whose handlers and contracts differ', () => {
    const other = fastify();
    const routes = new ContractRoutes([show, open], verifier);
    routes.install(other);
    other.get('/open', () => 'ok');
    other.get('/secret', () => 'ok');
    expect(() => {
      routes.check('courses');
    }).toThrow(/no handler for courses.thing.show; no contract for GET \/secret/);
  });
});
