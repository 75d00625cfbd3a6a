import { beforeEach, describe, expect, it } from '@jest/globals';
import type { listMyCourses } from '#libs/contracts/courses';
import { ApiClient } from './api-client.js';
import { ApiProblem } from './problem.js';
import { SessionHint } from './session-hint.js';

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Answer = () => Response | Promise<Response>;

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });
const problem = (status: number, code: string): Response =>
  json({ code, status, detail: 'why', title: 'x' }, status);

/** A server that answers each route from a list, the last answer for ever. */
class FakeServer {
  readonly sent: Sent[] = [];
  private readonly routes = new Map<string, Answer[]>([
    ['GET /api/v1/auth/csrf', [() => json({ token: 'token-1' })]],
  ]);

  answer(route: string, ...answers: Answer[]): void {
    this.routes.set(route, answers);
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    if (typeof input !== 'string') throw new Error('The client asks by paths.');
    const url = input;
    const method = init.method ?? 'GET';
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body;
    this.sent.push({ method, url, headers: init.headers as Record<string, string>, body });
    const answers = this.routes.get(`${method} ${url.split('?')[0] ?? ''}`) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer === undefined ? problem(404, 'route.not_found') : answer();
  };

  calls(route: string): Sent[] {
    return this.sent.filter(({ method, url }) => `${method} ${url.split('?')[0] ?? ''}` === route);
  }
}

describe(ApiClient.name, () => {
  let server: FakeServer;
  let signedOut: number;
  let api: ApiClient;

  beforeEach(() => {
    server = new FakeServer();
    signedOut = 0;
    api = new ApiClient({
      fetch: server.fetch,
      onSignedOut: () => {
        signedOut++;
      },
    });
  });

  it('reads with the query of the call and without a CSRF token', async () => {
    server.answer('GET /api/v1/me/courses', () => json({ items: [], nextCursor: null }));
    const page = await api.read<typeof listMyCourses>('/api/v1/me/courses', { query: { limit: 100 } });
    expect(page).toEqual({ items: [], nextCursor: null });
    expect(server.sent.map(({ url }) => url)).toEqual(['/api/v1/me/courses?limit=100']);
    expect(server.sent[0]?.headers).not.toHaveProperty('x-csrf-token');
  });

  it('fetches the CSRF token once and sends it with every change', async () => {
    server.answer('POST /a', () => json({}, 201));
    server.answer('DELETE /a', () => new Response(null, { status: 204 }));
    await api.send('POST', '/a', { body: {} as never });
    await api.send('DELETE', '/a');
    expect(server.calls('GET /api/v1/auth/csrf')).toHaveLength(1);
    expect(server.calls('POST /a')[0]?.headers['x-csrf-token']).toBe('token-1');
    expect(server.calls('DELETE /a')[0]?.headers['x-csrf-token']).toBe('token-1');
  });

  it('takes a new CSRF token when the old one is refused, and sends again', async () => {
    server.answer(
      'GET /api/v1/auth/csrf',
      () => json({ token: 'old' }),
      () => json({ token: 'new' }),
    );
    server.answer(
      'POST /a',
      () => problem(403, 'auth.csrf_invalid'),
      () => json({}, 201),
    );
    await api.send('POST', '/a');
    expect(server.calls('POST /a').map(({ headers }) => headers['x-csrf-token'])).toEqual(['old', 'new']);
  });

  it('gives a repeated POST the same idempotency key, and two POSTs two keys', async () => {
    server.answer(
      'POST /a',
      () => problem(403, 'auth.csrf_invalid'),
      () => json({}, 201),
    );
    await api.send('POST', '/a');
    await api.send('POST', '/a');
    const [first, again, second] = server.calls('POST /a').map(({ headers }) => headers['idempotency-key']);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
  });

  it('renews the session once for all calls that met its end, and makes them again', async () => {
    let renewed = false;
    server.answer('GET /a', () => (renewed ? json({ ok: true }) : problem(401, 'auth.required')));
    server.answer('POST /api/v1/auth/refresh', () => {
      renewed = true;
      return json({});
    });
    await Promise.all([api.read('/a'), api.read('/a'), api.read('/a')]);
    expect(server.calls('POST /api/v1/auth/refresh')).toHaveLength(1);
    expect(signedOut).toBe(0);
  });

  it('says that nobody is signed in when the session cannot be renewed', async () => {
    server.answer('GET /a', () => problem(401, 'auth.required'));
    server.answer('POST /api/v1/auth/refresh', () => problem(401, 'auth.session_ended'));
    await expect(api.read('/a')).rejects.toMatchObject({ status: 401, code: 'auth.required' });
    expect(signedOut).toBe(1);
  });

  it('tries no renewal in a browser that nobody has signed in from, until somebody has', async () => {
    const kept = new Map<string, string>();
    const hint = new SessionHint({
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    });
    const visitor = new ApiClient({ fetch: server.fetch, hint });
    server.answer('GET /a', () => problem(401, 'auth.required'));
    server.answer('POST /api/v1/auth/refresh', () => problem(401, 'auth.session_ended'));
    const renewals = () => server.calls('POST /api/v1/auth/refresh').length;

    await expect(visitor.read('/a')).rejects.toMatchObject({ status: 401 });
    expect(renewals()).toBe(0);
    visitor.rememberSession();
    await expect(visitor.read('/a')).rejects.toMatchObject({ status: 401 });
    expect(renewals()).toBe(1);
    await expect(visitor.read('/a')).rejects.toMatchObject({ status: 401 });
    expect(renewals()).toBe(1);
  });

  it('does not take a failing server for the end of a session', async () => {
    server.answer('GET /a', () => problem(401, 'auth.required'));
    server.answer('POST /api/v1/auth/refresh', () => problem(503, 'service.unavailable'));
    await expect(api.read('/a')).rejects.toMatchObject({ status: 503 });
    expect(signedOut).toBe(0);
  });

  it('does not renew a session over a wrong password', async () => {
    server.answer('POST /api/v1/auth/login', () => problem(401, 'auth.invalid_credentials'));
    await expect(api.send('POST', '/api/v1/auth/login')).rejects.toMatchObject({
      code: 'auth.invalid_credentials',
    });
    expect(server.calls('POST /api/v1/auth/refresh')).toHaveLength(0);
  });

  it('hands the ETag on and names it with If-Match', async () => {
    server.answer('PUT /a', () => json({ revision: 2 }, 200, { etag: '"2"' }));
    const answer = await api.send('PUT', '/a', { ifMatch: '"1"' });
    expect(answer.etag).toBe('"2"');
    expect(server.calls('PUT /a')[0]?.headers['if-match']).toBe('"1"');
  });

  it('turns a broken connection into a problem of its own', async () => {
    server.answer('GET /a', () => Promise.reject(new TypeError('fetch failed')));
    const failure = await api.read('/a').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiProblem);
    expect((failure as ApiProblem).isUnreachable).toBe(true);
  });

  it('lets an abandoned call fail as what it is', async () => {
    const abort = new AbortController();
    server.answer('GET /a', () => {
      abort.abort();
      return Promise.reject(new DOMException('stopped', 'AbortError'));
    });
    await expect(api.read('/a', { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
