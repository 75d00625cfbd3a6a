import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { problem } from '#libs/contracts';
import { REVOKED_SESSIONS } from '#libs/contracts/auth';
import { until } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { Agent, request, type Dispatcher } from 'undici';
import { testEdge, type TestEdge } from '../testing/test-edge.js';
import { edgeRoutes } from './edge/route-table.js';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

interface Asked {
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const MY_COURSES = '/api/v1/me/courses';

describe('the edge', () => {
  const agent = new Agent();
  let edge: TestEdge;
  let seen: { url: string; method: string; headers: Record<string, unknown>; body: string }[];

  beforeAll(async () => {
    seen = [];
    edge = await testEdge({
      redis: 13,
      environment: { HARKA_WEB_DIR: '/nowhere' },
      upstream: (server) => {
        server.all('/*', async (incoming, reply) => {
          const chunks: Buffer[] = [];
          for await (const chunk of incoming.raw) chunks.push(chunk as Buffer);
          const body = Buffer.concat(chunks).toString();
          seen.push({ url: incoming.url, method: incoming.method, headers: incoming.headers, body });
          return reply.header('set-cookie', 'a=1').header('x-powered-by', 'secret').send({ echo: body });
        });
      },
    });
  });
  afterAll(async () => {
    await agent.destroy();
    await edge.close();
  });

  const ask = async (
    host: string,
    path: string,
    { method = 'GET', headers = {}, body }: Asked = {},
  ): Promise<Answer> => {
    const response = await request(`http://127.0.0.1:${edge.port}${path}`, {
      dispatcher: agent,
      method,
      headers: { host, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.body.text();
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };
  /** What comes back for bytes that no client library would send. */
  const raw = async (text: string | Buffer): Promise<string> => {
    const socket = connect(edge.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.write(text);
    await Promise.race([once(socket, 'close'), pause(1_500, undefined, { ref: false })]);
    socket.destroy();
    return Buffer.concat(chunks).toString();
  };
  const bearer = async (tenant = edge.acme) => ({ authorization: `Bearer ${await edge.token(tenant)}` });
  const expectProblem = (answer: Answer, status: number, code: string): void => {
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(problem.safeParse(answer.json).success).toBe(true);
    expect(answer.headers['x-request-id']).toBe(answer.json['requestId']);
  };

  describe('what reaches a service', () => {
    it('is the request with a signed context, and nothing that a stranger made up', async () => {
      const answer = await ask('acme.localhost', `${MY_COURSES}?limit=3`, {
        headers: {
          ...(await bearer()),
          'x-harka-context': 'forged',
          'x-tenant-id': edge.globex.id,
          'x-forwarded-for': '9.9.9.9',
          'x-request-id': 'build-42-request',
          cookie: 'other=1',
        },
      });
      expect(answer.status).toBe(200);
      const { url, headers }: { url: string; headers: Record<string, unknown> } = seen.at(-1) ?? {
        url: '',
        headers: {},
      };
      expect(url).toBe(`${MY_COURSES}?limit=3`);
      expect(headers).toMatchObject({ 'x-request-id': 'build-42-request', 'x-forwarded-for': '127.0.0.1' });
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['authorization']));
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']));
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['x-tenant-id']));
      const verifier = await edge.verifierOf('courses');
      const identity = await verifier.verify(String(headers['x-harka-context']));
      expect(identity).toMatchObject({
        tenant: { id: edge.acme.id },
        actor: { kind: 'user', role: 'learner' },
      });
      const other = await edge.verifierOf('media');
      await expect(other.verify(String(headers['x-harka-context']))).rejects.toThrow('signed context');
    });

    it('comes back with our headers and without the service’s', async () => {
      const { headers } = await ask('acme.localhost', MY_COURSES, { headers: await bearer() });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'ratelimit-policy': '"tenant";q=1200;w=60',
        ratelimit: expect.stringMatching(/^"tenant";r=\d+;t=\d+$/),
      });
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers).not.toHaveProperty('x-powered-by');
    });

    it('keeps a body as it is', async () => {
      const body = JSON.stringify({ text: 'Grüße'.repeat(1_000) });
      const answer = await ask('acme.localhost', '/api/v1/courses', {
        method: 'POST',
        headers: { ...(await bearer()), 'content-type': 'application/json', 'idempotency-key': 'once' },
        body,
      });
      // A learner may not; the gateway knows before anybody is asked.
      expectProblem(answer, 403, 'auth.permission_missing');
      const token = await edge.token(edge.acme, { role: 'author' });
      const allowed = await ask('acme.localhost', '/api/v1/courses', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': 'once',
        },
        body,
      });
      expect(allowed.json['echo']).toBe(body);
      expect(seen.at(-1)?.headers).toMatchObject({
        'idempotency-key': 'once',
        'content-type': 'application/json',
      });
    });

    it('never includes a route for services, nor a path that is none', async () => {
      const before = seen.length;
      for (const path of ['/internal/v1/users/import', '/api/v1/nothing', '/api', '/api/v1/me/course']) {
        for (const method of ['GET', 'POST'] as const) {
          expectProblem(
            await ask('acme.localhost', path, { method, headers: await bearer() }),
            404,
            'request.route_not_found',
          );
        }
      }
      expect(seen).toHaveLength(before);
    });

    it('is sent again when a quiet connection was closed under it', async () => {
      await ask('acme.localhost', MY_COURSES, { headers: await bearer() });
      expect((await ask('acme.localhost', MY_COURSES, { headers: await bearer() })).status).toBe(200);
    });
  });

  describe('tenants', () => {
    it('are told apart by host, key and token', async () => {
      const key = edge.apiKey(edge.globex);
      const byKey = await ask('localhost', '/api/v1/catalogue', { headers: { 'x-api-key': key } });
      expect(byKey.status).toBe(200);
      expectProblem(
        await ask('acme.localhost', '/api/v1/catalogue', { headers: { 'x-api-key': key } }),
        403,
        'tenant.mismatch',
      );
      expectProblem(
        await ask('acme.localhost', MY_COURSES, { headers: await bearer(edge.globex) }),
        403,
        'tenant.mismatch',
      );
      expectProblem(await ask('nobody.localhost', '/api/v1/tenant'), 404, 'tenant.not_found');
      expectProblem(await ask('localhost', '/api/v1/tenant'), 404, 'tenant.not_found');
    });

    it('get a stray cookie taken away, so that nobody is locked out by it', async () => {
      const cookie = `harka_session=${await edge.token(edge.globex)}`;
      const answer = await ask('acme.localhost', '/api/v1/tenant', { headers: { cookie } });
      expectProblem(answer, 403, 'tenant.mismatch');
      expect(answer.headers['set-cookie']).toMatch(/^harka_session=; .*Max-Age=0/);
    });

    it('are closed while suspended: in words to programs, in their own looks to browsers', async () => {
      edge.directory.add({ ...edge.globex, status: 'suspended' }, edge.directory.shardList[0] ?? never());
      expectProblem(await ask('globex.localhost', '/api/v1/tenant'), 403, 'tenant.suspended');
      const page = await ask('globex.localhost', '/', { headers: { accept: 'text/html' } });
      expect([page.status, page.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
      expect(page.text).toContain('Globex Logistics');
      edge.directory.add(edge.globex, edge.directory.shardList[0] ?? never());
    });
  });

  describe('sessions', () => {
    it('end at once everywhere when their end is announced', async () => {
      const sid = newId();
      const headers = { authorization: `Bearer ${await edge.token(edge.acme, { sid })}` };
      expect((await ask('acme.localhost', MY_COURSES, { headers })).status).toBe(200);
      edge.broadcast.publish('session.revoked', { tenantId: edge.acme.id, sessionId: sid });
      expectProblem(await ask('acme.localhost', MY_COURSES, { headers }), 401, 'auth.token_invalid');
    });

    it('that ended before this replica heard of them are found in Redis', async () => {
      const sid = newId();
      await edge.redis.zadd(REVOKED_SESSIONS, Date.now(), sid);
      const headers = { authorization: `Bearer ${await edge.token(edge.acme, { sid })}` };
      await until(async () => (await ask('acme.localhost', MY_COURSES, { headers })).status === 401);
    });

    it('of browsers change things only with their token', async () => {
      const cookie = `harka_session=${await edge.token(edge.acme, { role: 'author' })}`;
      const create = async (headers: Record<string, string>) =>
        ask('acme.localhost', '/api/v1/courses', {
          method: 'POST',
          headers: { cookie, ...headers },
          body: '{}',
        });
      expectProblem(await create({}), 403, 'auth.csrf_token');
      const { json } = await ask('acme.localhost', '/api/v1/auth/csrf', { headers: { cookie } });
      const token = String(json['token']);
      expect((await create({ 'x-csrf-token': token })).status).toBe(200);
      expectProblem(
        await create({ 'x-csrf-token': token, origin: 'http://globex.localhost' }),
        403,
        'auth.csrf_origin',
      );
    });
  });

  describe('the admin host', () => {
    it('is for operators alone', async () => {
      const headers = { authorization: 'Bearer the-operator-token-of-this-test' };
      expect((await ask('admin.localhost', '/api/v1/operator/tenants', { headers })).status).toBe(200);
      expectProblem(await ask('admin.localhost', '/api/v1/operator/tenants'), 401, 'auth.sign_in_required');
      expectProblem(
        await ask('acme.localhost', '/api/v1/operator/tenants', { headers }),
        404,
        'request.route_not_found',
      );
      expectProblem(await ask('admin.localhost', MY_COURSES, { headers }), 404, 'request.route_not_found');
      const operator = { authorization: `Bearer ${await edge.token('operator')}` };
      expect((await ask('admin.localhost', '/api/v1/operator/tenants', { headers: operator })).status).toBe(
        200,
      );
    });
  });

  describe('pages', () => {
    it('are the tenant’s from the first byte, under a strict policy', async () => {
      const page = await ask('acme.localhost', '/courses/some-course', { headers: { accept: 'text/html' } });
      expect(page.status).toBe(200);
      expect(page.text.indexOf('<title>Acme Works</title>')).toBeLessThan(700);
      expect(page.text).toContain('--brand-primary:');
      const nonce = /nonce-([\w-]+)'/.exec(String(page.headers['content-security-policy']))?.[1];
      expect(page.text).toContain(`nonce="${nonce}"`);
      expect(page.text).not.toContain('Globex');
      const again = await ask('acme.localhost', '/', { headers: { accept: 'text/html' } });
      expect(again.headers['content-security-policy']).not.toBe(page.headers['content-security-policy']);
    });

    it('of nobody are neutral, and of a missing file not a page', async () => {
      const page = await ask('nobody.localhost', '/', { headers: { accept: 'text/html' } });
      expect([page.status, page.text.includes('Acme')]).toEqual([404, false]);
      expectProblem(await ask('acme.localhost', '/assets/gone-1234.js'), 404, 'request.route_not_found');
      expectProblem(
        await ask('acme.localhost', '/', { method: 'POST', body: 'x' }),
        404,
        'request.route_not_found',
      );
    });

    it('of the bare host lead to the academies of the demo', async () => {
      const page = await ask('localhost:8080', '/', { headers: { accept: 'text/html' } });
      expect(page.text).toContain('href="http://acme.localhost:8080/"');
      expect((await ask('localhost', '/other', { headers: { accept: 'text/html' } })).status).toBe(404);
    });

    it('show the API to read, and give it to programs', async () => {
      const docs = await ask('acme.localhost', '/api/docs', { headers: { accept: 'text/html' } });
      expect(docs.text).toContain('/api/v1/me/courses');
      const { json } = await ask('acme.localhost', '/api/v1/openapi.json');
      expect(json['openapi']).toBe('3.1.0');
      const operators = await ask('admin.localhost', '/api/v1/openapi.json');
      expect(Object.keys(operators.json['paths'] as object)).toContain('/api/v1/operator/tenants');
    });

    it('of health tell a stranger nothing', async () => {
      expect((await ask('whatever.example', '/healthz')).json).toEqual({ status: 'alive' });
      expect((await ask('127.0.0.1', '/readyz')).json).toEqual({ status: 'ready' });
    });
  });

  describe('what is counted', () => {
    it('is the tenant, the route template and the status', async () => {
      const course = newId();
      await ask('globex.localhost', `/api/v1/catalogue/${course}`, { headers: await bearer(edge.globex) });
      await pause(20);
      const exposition = await edge.metrics.registry.metrics();
      const labels = `tenant_id="${edge.globex.id}",endpoint="/api/v1/catalogue/:courseId",status="200"`;
      expect(exposition).toContain(`tenant_api_requests_total{${labels}} 1`);
      expect(exposition).not.toContain(course);
    });

    it('reaches the meter of the tenant within moments', async () => {
      const key = `usage:${edge.globex.id}:${new Date().toISOString().slice(0, 10)}`;
      await ask('globex.localhost', '/api/v1/tenant');
      await pause(1_300);
      expect(Number(await edge.redis.hget(key, 'requests'))).toBeGreaterThan(0);
    });
  });

  describe('bad input', () => {
    it.each([
      ['a NUL byte in the path', '/api/v1/catalogue/%00', 'request.url_malformed'],
      ['a NUL byte in the query', '/api/v1/catalogue?q=%00', 'request.url_malformed'],
      ['broken UTF-8', '/api/v1/catalogue?q=%ff%fe', 'request.url_malformed'],
      ['a broken escape in the path', '/api/v1/catalogue/%zz', 'request.url_malformed'],
      ['a broken escape in the query', '/api/v1/catalogue?q=%', 'request.url_malformed'],
      ['a very long URL', `/api/v1/catalogue?q=${'x'.repeat(9_000)}`, 'request.url_too_long'],
    ])('is refused: %s', async (_, path, code) => {
      expectProblem(await ask('acme.localhost', path, { headers: await bearer() }), 400, code);
    });

    it.each([
      'a.localhost, b.localhost',
      'user@acme.localhost',
      'acme.localhost/x',
      'acme..localhost',
      'x'.repeat(300),
      'аcme.localhost',
      'acme.localhost:99999',
    ])('is refused: the host %p', async (host) => {
      const answer = await raw(`GET /api/v1/tenant HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('"code":"request.host_invalid"');
    });

    it.each(['ACME.localhost', 'acme.localhost.', 'acme.localhost:8080', 'acme.LOCALHOST.:1'])(
      'is understood: the host %p',
      async (host) => {
        expect((await ask(host, '/api/v1/tenant')).status).toBe(200);
      },
    );

    it.each<[string, string]>([
      [
        'two hosts',
        'GET /api/v1/tenant HTTP/1.1\r\nHost: acme.localhost\r\nHost: globex.localhost\r\nConnection: close\r\n\r\n',
      ],
      ['no host', 'GET /api/v1/tenant HTTP/1.1\r\n\r\n'],
      [
        'an absolute URL',
        'GET http://globex.localhost/api/v1/tenant HTTP/1.1\r\nHost: acme.localhost\r\nConnection: close\r\n\r\n',
      ],
      ['a star', 'OPTIONS * HTTP/1.1\r\nHost: acme.localhost\r\nConnection: close\r\n\r\n'],
      [
        'two lengths',
        'POST /api/auth/login HTTP/1.1\r\nHost: acme.localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      ],
      [
        'length and chunks',
        'POST /api/auth/login HTTP/1.1\r\nHost: acme.localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ],
      ['a broken header', 'GET / HTTP/1.1\r\nHost: acme.localhost\r\nbad header\r\n\r\n'],
      ['bytes that are no HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001'],
      ['raw bytes in the path', 'GET /api/v1/\u00ff HTTP/1.1\r\nHost: acme.localhost\r\n\r\n'],
    ])('is refused without a word to a service: %s', async (_, text) => {
      const before = seen.length;
      const answer = await raw(Buffer.from(text, 'latin1'));
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(seen).toHaveLength(before);
    });

    it('is refused: headers without end', async () => {
      const answer = await raw(`GET / HTTP/1.1\r\nHost: acme.localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 431 /);
      expect(answer).toContain('application/problem+json');
      expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}/);
    });

    it('is refused: a packed body, a strange type of body', async () => {
      const packed = { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: 'x' } as const;
      expectProblem(await ask('acme.localhost', '/api/auth/login', packed), 415, 'request.content_encoding');
    });

    it('is never a fault of ours, on any route', async () => {
      const token = await edge.token(edge.acme, { role: 'owner' });
      const headers = { authorization: `Bearer ${token}`, 'content-type': ';;; nonsense' };
      for (const { endpoint } of edgeRoutes) {
        const path = endpoint.path.replaceAll(/:[A-Za-z]+/g, '%F0%9F%92%A9');
        const body = endpoint.method === 'GET' ? {} : { body: '\u0000{' };
        const answer = await ask('acme.localhost', path, { method: endpoint.method, headers, ...body });
        expect([endpoint.id, answer.status >= 500]).toEqual([endpoint.id, false]);
      }
    });
  });
});

function never(): never {
  throw new Error('There is always one.');
}
