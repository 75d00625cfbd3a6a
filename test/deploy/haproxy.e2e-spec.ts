import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { testPlatform } from '../support/platform.js';
import { Edge, freePort } from './edge.js';

interface Seen {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const forged = {
  'x-harka-context': 'eyJhbGciOiJFZERTQSJ9.e30.AAAA',
  'x-forwarded-host': 'globex.localhost',
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'http',
  forwarded: 'for=203.0.113.7;host=globex.localhost',
  'x-real-ip': '203.0.113.7',
};

describe('the edge', () => {
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  const edges: Edge[] = [];
  const servers: Server[] = [];

  async function edgeBefore(
    gateways: readonly string[],
    settings?: Readonly<Record<string, string>>,
  ): Promise<Edge> {
    const edge = await Edge.prepare(gateways, settings);
    edges.push(edge);
    return edge;
  }

  async function get(
    edge: Edge,
    name: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const response = await request(`https://127.0.0.1:${edge.httpsPort}${path}`, {
      dispatcher: agent,
      headers: { host: `${name}:${edge.httpsPort}`, ...headers },
    });
    return {
      status: response.statusCode,
      headers: response.headers,
      text: await response.body.text(),
    };
  }

  /** A gateway that tells what it was sent; its readiness can be taken away. */
  async function listener(): Promise<{ address: string; heard: IncomingHttpHeaders[]; ready: boolean }> {
    const state = { address: '', heard: [] as IncomingHttpHeaders[], ready: true };
    const server = createServer((incoming, answer) => {
      if (incoming.url === '/readyz') answer.writeHead(state.ready ? 200 : 503).end();
      else if (incoming.url === '/healthz') answer.end();
      else {
        state.heard.push(incoming.headers);
        answer.writeHead(state.ready ? 200 : 503).end('from the gateway');
      }
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    state.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return state;
  }

  afterAll(async () => {
    await Promise.all(edges.map(async (edge) => edge.close()));
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await agent.close();
  });

  it('is configured without a fault or a warning', async () => {
    const byName = await edgeBefore(['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:3', '127.0.0.1:4']);
    const byDns = await edgeBefore([], { HARKA_GATEWAY_DNS: 'gateways.example:8080' });
    const withAll = await Edge.prepareKept(['127.0.0.1:1'], {
      HARKA_EDGE_PROXY_SOURCES: '10.0.0.0/8 192.168.0.0/16',
      HARKA_ENTERPRISE_GATEWAY_DNS: 'enterprise.example:8080',
    });
    edges.push(withAll);
    for (const edge of [byName, byDns, withAll]) {
      const words = await edge.check();
      expect(words).toContain('Configuration file is valid');
      expect(words).not.toMatch(/WARNING|ALERT/);
    }
  });

  describe('before the platform, with one of two gateways dead', () => {
    let edge: Edge;

    beforeAll(async () => {
      edge = await edgeBefore([new URL(testPlatform().baseUrl).host, `127.0.0.1:${await freePort()}`]);
      await edge.start();
    });

    it('answers every request, the first ones too', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, async () => get(edge, 'acme.localhost', '/api/v1/tenant')),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
    });

    it.each(['acme', 'globex', 'initech'])('shows %s its own brand', async (slug) => {
      const { text } = await get(edge, `${slug}.localhost`, '/api/v1/tenant');
      expect(JSON.parse(text)).toMatchObject({ slug });
    });

    it('lets nothing that a visitor claims about himself through', async () => {
      const [plain, lied] = [
        await get(edge, 'acme.localhost', '/api/v1/tenant'),
        await get(edge, 'acme.localhost', '/api/v1/tenant', forged),
      ];
      expect(lied.status).toBe(200);
      expect(JSON.parse(lied.text)).toEqual(JSON.parse(plain.text));
      const signedIn = await get(edge, 'acme.localhost', '/api/v1/auth/me', forged);
      expect(signedIn.status).toBe(401);
    });

    it('speaks HTTP/2', async () => {
      const session = connect(`https://127.0.0.1:${edge.httpsPort}`, { rejectUnauthorized: false });
      const stream = session.request({ ':path': '/api/v1/tenant', ':authority': 'acme.localhost' });
      const status = await new Promise((resolve, reject) => {
        stream.once('response', (headers) => {
          resolve(headers[':status']);
        });
        stream.once('error', reject);
        session.once('error', reject);
      });
      session.destroy();
      expect(status).toBe(200);
    });

    it('writes a JSON line for a request, with the request id of the answer', async () => {
      const { headers } = await get(edge, 'acme.localhost', '/api/v1/tenant');
      const id = String(headers['x-request-id']);
      await until(async () => edge.logged.includes(id));
      const line = edge.logged.split('\n').find((each) => each.includes(id));
      expect(JSON.parse(line ?? '')).toMatchObject({
        service: 'edge',
        host: 'acme.localhost',
        path: '/api/v1/tenant',
        status: 200,
        requestId: id,
      });
    });

    it('shows its metrics on loopback', async () => {
      expect(await edge.metrics()).toContain('haproxy_server_status{proxy="gateways",server="gateway-1"');
    });
  });

  it('hands the host on as it came, and says itself where a request comes from', async () => {
    const gateway = await listener();
    const edge = await edgeBefore([gateway.address]);
    await edge.start();
    await get(edge, 'Acme.localhost', '/', forged);
    const [heard] = gateway.heard;
    expect(heard).toMatchObject({
      host: `Acme.localhost:${edge.httpsPort}`,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': `Acme.localhost:${edge.httpsPort}`,
    });
    for (const name of ['x-harka-context', 'forwarded', 'x-real-ip']) expect(heard).not.toHaveProperty(name);
  });

  it('sends plain HTTP to HTTPS, path and query with it', async () => {
    const edge = await edgeBefore(['127.0.0.1:1']);
    await edge.start();
    const response = await request(`http://127.0.0.1:${edge.httpPort}/courses?q=fire`, {
      method: 'POST',
      headers: { host: `acme.localhost:${edge.httpPort}` },
    });
    expect(response.statusCode).toBe(308);
    expect(response.headers['location']).toBe(`https://acme.localhost:${edge.httpsPort}/courses?q=fire`);
    await response.body.dump();
  });

  it('turns one flooded host away and leaves its neighbour alone', async () => {
    const gateway = await listener();
    const edge = await edgeBefore([gateway.address], { HARKA_EDGE_HOST_RATE: '20' });
    await edge.start();
    const statuses: number[] = [];
    for (let sent = 0; sent < 25; sent += 1) statuses.push((await get(edge, 'acme.localhost', '/')).status);
    expect(statuses).toEqual([...Array<number>(20).fill(200), ...Array<number>(5).fill(429)]);
    const turnedAway = await get(edge, 'ACME.localhost', '/');
    expect(turnedAway.headers).toMatchObject({
      'retry-after': '10',
      'content-type': 'application/problem+json',
    });
    expect(JSON.parse(turnedAway.text)).toMatchObject({ code: 'edge.flooded', status: 429 });
    expect((await get(edge, 'globex.localhost', '/')).status).toBe(200);
  });

  it('still asks living gateways when none is ready, and has words of its own when none lives', async () => {
    const gateway = await listener();
    gateway.ready = false;
    const edge = await edgeBefore([gateway.address]);
    await edge.start();
    await until(async () =>
      (await edge.metrics()).includes('haproxy_backend_active_servers{proxy="gateways"} 0'),
    );
    expect(await get(edge, 'acme.localhost', '/')).toMatchObject({ status: 503, text: 'from the gateway' });

    const alone = await edgeBefore([`127.0.0.1:${await freePort()}`]);
    await alone.start();
    const answer = await get(alone, 'acme.localhost', '/');
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'edge.unavailable' });
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not come to hold in 15 s.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
