import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Agent, request } from 'undici';
import { testEdge, type TestEdge } from '../../testing/test-edge.js';

const MiB = 1024 ** 2;

/** What a service does with the next request. */
type Behaviour = (incoming: FastifyRequest, reply: FastifyReply) => unknown;

describe('forwarding', () => {
  const agent = new Agent();
  const state: { behave: Behaviour; sent: number; aborted: number } = {
    behave: () => null,
    sent: 0,
    aborted: 0,
  };
  let edge: TestEdge;
  let authorization: string;

  beforeAll(async () => {
    edge = await testEdge({
      redis: 15,
      environment: { HARKA_GATEWAY_TIMEOUT_SECONDS: '1', HARKA_TENANT_CONCURRENCY: '20' },
      upstream: (server) => {
        server.all('/*', function (incoming, reply) {
          return state.behave(incoming, reply);
        });
      },
    });
    authorization = `Bearer ${await edge.token(edge.acme, { role: 'owner' })}`;
  });
  afterEach(() => {
    state.sent = state.aborted = 0;
  });
  afterAll(async () => {
    await agent.destroy();
    await edge.close();
  });

  const at = (path: string) => `http://127.0.0.1:${edge.port}${path}`;
  const common = () => ({ dispatcher: agent, headers: { host: 'acme.localhost', authorization } });
  const download = async () =>
    request(at('/api/v1/media/0190c0de-0000-7000-8000-000000000001/content'), common());
  const upload = async (body: Readable | Buffer, headers: Record<string, string> = {}) =>
    request(at('/api/v1/media?name=a.txt'), {
      ...common(),
      method: 'POST',
      headers: { ...common().headers, 'content-type': 'application/octet-stream', ...headers },
      body,
    });
  const codeOf = async (answer: { body: { json(): Promise<unknown> } }) =>
    ((await answer.body.json()) as { code: string }).code;

  /** Sends pieces for as long as it is asked for them, and counts. */
  const endless = () =>
    new Readable({
      highWaterMark: 64 * 1024,
      read() {
        state.sent += 64 * 1024;
        this.push(Buffer.alloc(64 * 1024));
      },
      destroy(error, done) {
        state.aborted += 1;
        done(error);
      },
    });

  it('carries large bodies both ways, byte for byte', async () => {
    state.behave = (incoming, reply) => reply.send(incoming.raw);
    const body = randomBytes(5 * MiB);
    for (const given of [body, Readable.from([body.subarray(0, MiB), body.subarray(MiB)])]) {
      const answer = await upload(given);
      const back = createHash('sha256')
        .update(Buffer.from(await answer.body.arrayBuffer()))
        .digest('hex');
      expect(back).toBe(createHash('sha256').update(body).digest('hex'));
    }
  });

  it('asks the service for no more than the client reads', async () => {
    state.behave = (_incoming, reply) => reply.send(endless());
    const answer = await download();
    await pause(300);
    const filled = state.sent;
    await pause(300);
    expect(state.sent).toBe(filled);
    expect(filled).toBeLessThan(20 * MiB);
    const reader = answer.body[Symbol.asyncIterator]();
    for (let read = 0; read < filled;) read += ((await reader.next()).value as Buffer).length;
    expect(state.sent).toBeGreaterThan(filled);
    answer.body.destroy();
  });

  it('asks the client for no more than the service reads', async () => {
    let release = (): void => undefined;
    state.behave = async (incoming, reply) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      incoming.raw.resume();
      await once(incoming.raw, 'end');
      return reply.send('read');
    };
    const size = 64 * MiB;
    const chunk = Buffer.alloc(256 * 1024);
    const body = Readable.from(
      (function* () {
        for (let sent = 0; sent < size; sent += chunk.length) {
          state.sent += chunk.length;
          yield chunk;
        }
      })(),
    );
    const answering = upload(body);
    await pause(400);
    expect(state.sent).toBeLessThan(32 * MiB);
    release();
    expect(await (await answering).body.text()).toBe('read');
  });

  it('answers HEAD with the headers of GET', async () => {
    const methods: string[] = [];
    for (const body of ['short', Buffer.alloc(MiB)]) {
      state.behave = (incoming, reply) => {
        methods.push(incoming.method);
        return reply.header('content-length', body.length).send(body);
      };
      const answer = await request(at('/api/v1/me/courses'), { ...common(), method: 'HEAD' });
      expect([answer.statusCode, answer.headers['content-length'], await answer.body.text()]).toEqual([
        200,
        String(body.length),
        '',
      ]);
    }
    expect(methods).toEqual(['GET', 'GET']);
  });

  it('tells the service when the client leaves', async () => {
    state.behave = (_incoming, reply) => reply.send(endless());
    const answer = await download();
    answer.body.destroy();
    await pause(300);
    expect(state.aborted).toBe(1);
  });

  it('tells the service when the client leaves in the middle of an upload', async () => {
    let broken: unknown;
    state.behave = async (incoming) => {
      incoming.raw.resume();
      const [error] = (await once(incoming.raw, 'error')) as unknown[];
      broken = error;
      return null;
    };
    const socket = connect(edge.port, '127.0.0.1');
    socket.write(
      `POST /api/v1/media?name=a.txt HTTP/1.1\r\nHost: acme.localhost\r\nAuthorization: ${authorization}\r\nContent-Length: 1000\r\n\r\nhalf`,
    );
    await pause(200);
    socket.destroy();
    await pause(200);
    expect(broken).toMatchObject({ code: 'ECONNRESET' });
  });

  it('breaks an answer off that the service broke off, so that half is not taken for whole', async () => {
    state.behave = (_incoming, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-length': '100' });
      reply.raw.write('half');
      setTimeout(() => reply.raw.destroy(), 50);
    };
    const answer = await download();
    await expect(answer.body.text()).rejects.toThrow();
  });

  it('gives up on a service that does not begin to answer', async () => {
    state.behave = async () => new Promise(() => undefined);
    const started = Date.now();
    const answer = await download();
    expect([answer.statusCode, await codeOf(answer)]).toEqual([504, 'service.timeout']);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('asks a reader again when the service drops a connection, but nobody who changes something', async () => {
    let calls = 0;
    state.behave = (incoming, reply) => {
      calls += 1;
      if (calls % 2 === 1) {
        reply.hijack();
        incoming.raw.socket.destroy();
        return;
      }
      return reply.send('second');
    };
    expect(await (await download()).body.text()).toBe('second');
    const change = await upload(Buffer.from('x'));
    expect([change.statusCode, change.headers['retry-after'], await codeOf(change)]).toEqual([
      503,
      '2',
      'service.unavailable',
    ]);
    expect(calls).toBe(3);
  });

  it('refuses a body that is announced too large before it is sent', async () => {
    let asked = false;
    state.behave = () => {
      asked = true;
      return null;
    };
    const answer = await request(at('/api/v1/courses'), {
      ...common(),
      method: 'POST',
      body: Buffer.alloc(50 * MiB),
    });
    expect([answer.statusCode, await codeOf(answer), asked]).toEqual([413, 'request.too_large', false]);
    expect(answer.headers['connection']).toBe('close');
  });

  it('refuses a body of unknown length as soon as it is too large', async () => {
    state.behave = async (incoming, reply) => {
      incoming.raw.resume();
      await once(incoming.raw, 'end');
      return reply.send('all of it');
    };
    const body = Readable.from(
      (function* () {
        for (let index = 0; index < 200; index += 1) yield Buffer.alloc(64 * 1024);
      })(),
    );
    const answer = await request(at('/api/v1/courses'), { ...common(), method: 'POST', body });
    expect([answer.statusCode, await codeOf(answer)]).toEqual([413, 'request.too_large']);
  });

  it('passes on what a service says before it has read everything', async () => {
    state.behave = (_incoming, reply) => reply.status(507).send({ code: 'full' });
    const answer = await upload(Buffer.alloc(8 * MiB));
    expect([answer.statusCode, await codeOf(answer)]).toEqual([507, 'full']);
  });

  it('holds one tenant to so many requests at once, and lets others pass', async () => {
    state.behave = async (_incoming, reply) => {
      await pause(300);
      return reply.send('slow');
    };
    const token = await edge.token(edge.globex);
    const headers = { host: 'globex.localhost', authorization: `Bearer ${token}` };
    const slow = async () => request(at('/api/v1/me/courses'), { dispatcher: agent, headers });
    const flood = Promise.all(Array.from({ length: 30 }, slow));
    const acme = await download();
    expect((await flood).filter(({ statusCode }) => statusCode === 429)).toHaveLength(10);
    expect(acme.statusCode).toBe(200);
    await Promise.all([...(await flood), acme].map(async ({ body }) => body.dump()));
  });

  it('says that a service is away', async () => {
    await edge.stopUpstream();
    const answer = await download();
    expect([answer.statusCode, answer.headers['retry-after'], await codeOf(answer)]).toEqual([
      503,
      '2',
      'service.unavailable',
    ]);
  });
});
