import { execFile } from 'node:child_process';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  CertificateKeeper,
  EdgeKeeper,
  EdgeMetrics,
  FolderCertificateSource,
  MapFiles,
  MapKeeper,
  RuntimeApi,
} from '#apps/haproxy';
import type { Plan } from '#libs/contracts';
import { FakeShardDirectory } from '#libs/sharding/testing';
import { Agent, request } from 'undici';
import { Edge, makeCertificate } from './edge.js';

const shard = { name: 'small-1', tier: 'small', url: 'postgres://db', state: 'open' } as const;
const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('the keeper of an edge', () => {
  const agent = new Agent({ connect: { rejectUnauthorized: false }, pipelining: 1 });
  const closing: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  /** Answers with its own name. */
  async function gateway(name: string): Promise<string> {
    const server: Server = createServer((_, answer) => answer.end(name));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function keptEdge(settings: Readonly<Record<string, string>> = {}) {
    const edge = await Edge.prepareKept([await gateway('shared')], settings);
    closing.push(async () => edge.close());
    await edge.start();
    const directory = new FakeShardDirectory();
    const api = new RuntimeApi(edge.socket);
    const metrics = new EdgeMetrics();
    const said: object[] = [];
    const keeper = new EdgeKeeper(
      {
        directory,
        terms: { baseDomain: 'localhost', replicas: 1, pageRequests: 5_000 },
        api,
        maps: new MapKeeper(api, new MapFiles(edge.maps)),
        certificates: new CertificateKeeper(
          api,
          new FolderCertificateSource(edge.brought),
          edge.domainCertificates,
        ),
        metrics,
        warn: (words, detail) => said.push({ words, ...detail }),
      },
      { everyMs: 50, verifyMs: 500 },
    );
    const stop = new AbortController();
    const keeping = keeper.keep(stop.signal);
    closing.push(async () => {
      stop.abort();
      await keeping;
    });
    const holds = async (map: 'hosts' | 'limits' | 'pools') => api.showMap(join(edge.maps, `${map}.map`));
    return { edge, directory, api, metrics, said, keeper, holds };
  }

  function found(directory: FakeShardDirectory, number: number, slug: string, plan: Plan = 'growth'): string {
    directory.add({ id: idOf(number), slug, name: slug, plan, status: 'active' }, shard);
    return idOf(number);
  }

  async function get(edge: Edge, host: string): Promise<{ status: number; text: string }> {
    const response = await request(`https://127.0.0.1:${edge.httpsPort}/`, {
      dispatcher: agent,
      headers: { host: `${host}:${edge.httpsPort}` },
    });
    return { status: response.statusCode, text: await response.body.text() };
  }

  it('tells it of 5,000 custom domains while it works: no reload, no failed request', async () => {
    const { edge, directory, api, holds } = await keptEdge();
    const before = await api.process();
    const id = found(directory, 1, 'acme');
    await until(async () => (await holds('hosts')).get('acme.localhost') === id);

    let isOver = false;
    const statuses = new Map<number, number>();
    const load = async () => {
      while (!isOver) {
        const { status } = await get(edge, 'acme.localhost').catch(() => ({ status: 0 }));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const loading = Promise.all([load(), load()]);
    for (let number = 1; number <= 5_000; number += 1) {
      directory.tenantIdByHost.set(`learn-${number}.example.org`, id);
    }
    found(directory, 2, 'globex');
    await until(async () => (await holds('hosts')).size === 5_002);
    // One by one after that, as people add them.
    for (let number = 5_001; number <= 5_010; number += 1) {
      directory.tenantIdByHost.set(`learn-${number}.example.org`, id);
      found(directory, 2, 'globex');
    }
    await until(async () => (await holds('hosts')).size === 5_012);
    isOver = true;
    await loading;
    expect([...statuses.keys()]).toEqual([200]);
    expect(statuses.get(200)).toBeGreaterThan(10);
    expect(await api.process()).toEqual(before);
    expect((await readFile(join(edge.maps, 'hosts.map'), 'utf8')).trim().split('\n')).toHaveLength(5_012);
    await get(edge, 'learn-5010.example.org');
    await until(async () => edge.logged.includes(`"host":"learn-5010.example.org","tenant":"${id}"`));
  });

  it('counts all hosts of an academy as one, by the limit of its plan, and nobody else’s', async () => {
    const { edge, directory, holds } = await keptEdge({ HARKA_EDGE_HOST_RATE: '5000' });
    const id = found(directory, 1, 'acme', 'starter');
    directory.tenantIdByHost.set('learn.acme.example', id);
    found(directory, 2, 'globex', 'enterprise');
    await until(async () => (await holds('hosts')).size === 3);
    expect(Object.fromEntries(await holds('limits'))).toEqual({ [id]: '6200', [idOf(2)]: '65000' });

    // The plan is not waited for: what the map says counts from the next request on.
    const api = new RuntimeApi(edge.socket);
    await api.setMapEntry(join(edge.maps, 'limits.map'), id, '4');
    const statuses: number[] = [];
    for (const host of ['acme', 'learn', 'acme', 'learn', 'acme', 'learn']) {
      const name = host === 'acme' ? 'acme.localhost' : 'learn.acme.example';
      statuses.push((await get(edge, name)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    expect((await get(edge, 'globex.localhost')).status).toBe(200);
  });

  it('leads academies of the plan enterprise to gateways of their own, and to the others when those are away', async () => {
    const own = await gateway('enterprise');
    const { edge, directory, holds } = await keptEdge({ HARKA_ENTERPRISE_GATEWAY_1: own });
    found(directory, 1, 'acme');
    found(directory, 2, 'initech', 'enterprise');
    await until(async () => (await holds('pools')).size === 1);
    await until(async () => (await get(edge, 'initech.localhost')).text === 'enterprise');
    expect((await get(edge, 'acme.localhost')).text).toBe('shared');

    found(directory, 2, 'initech', 'growth');
    await until(async () => (await get(edge, 'initech.localhost')).text === 'shared');

    const {
      edge: bereft,
      directory: other,
      holds: held,
    } = await keptEdge({
      HARKA_ENTERPRISE_GATEWAY_1: '127.0.0.1:1',
    });
    found(other, 2, 'initech', 'enterprise');
    await until(async () => (await held('pools')).size === 1);
    await until(async () => (await get(bereft, 'initech.localhost')).text === 'shared');
  });

  it('forgets an academy that is deleted, and its hosts', async () => {
    const { directory, holds } = await keptEdge();
    const id = found(directory, 1, 'acme');
    directory.tenantIdByHost.set('learn.acme.example', id);
    found(directory, 2, 'globex');
    await until(async () => (await holds('hosts')).size === 3);
    directory.add({ id, slug: 'acme', name: 'acme', plan: 'growth', status: 'deleted' }, shard);
    await until(async () => (await holds('hosts')).size === 1);
    expect([...(await holds('hosts')).keys()]).toEqual(['globex.localhost']);
    expect([...(await holds('limits')).keys()]).toEqual([idOf(2)]);
  });

  it('puts right what somebody changed by hand, and says that it was so', async () => {
    const { edge, api, directory, metrics, holds } = await keptEdge();
    const id = found(directory, 1, 'acme');
    await until(async () => (await holds('hosts')).size === 1);
    const file = join(edge.maps, 'hosts.map');
    await api.setMapEntry(file, 'acme.localhost', idOf(9));
    await api.addMapEntry(file, 'evil.example', id);
    await until(async () => {
      const held = await holds('hosts');
      return held.size === 1 && held.get('acme.localhost') === id;
    });
    const drifted = async () => /^harka_edge_drift ([0-9]+)$/m.exec(await metrics.registry.metrics())?.[1];
    await until(async () => (await drifted()) === '2');
  });

  it('knows all again in a HAProxy that was started anew, and waits for one that is away', async () => {
    const { edge, directory, api, said, holds } = await keptEdge();
    found(directory, 1, 'acme');
    await until(async () => (await holds('hosts')).size === 1);
    await edge.stop();
    await until(async () => said.length > 0);
    found(directory, 2, 'globex');
    await until(async () =>
      (await readFile(join(edge.maps, 'hosts.map'), 'utf8')).includes('globex.localhost'),
    );
    await edge.start();
    // What was written while nobody read it is known from the first moment on.
    expect((await holds('hosts')).size).toBe(2);
    await api.deleteMapEntry(join(edge.maps, 'hosts.map'), 'globex.localhost');
    await until(async () => (await holds('hosts')).size === 2);
    expect(said).toHaveLength(1);
  });

  it('puts a certificate into use, renews it and takes it away, while connections go on', async () => {
    const { edge, api, said } = await keptEdge();
    const domain = 'learn.acme.example';
    const before = await api.process();
    expect(await nameShown(edge, domain)).toBe('localhost');
    await makeCertificate(join(edge.brought, domain), [domain]);
    await until(async () => (await nameShown(edge, domain)) === domain);
    expect(await nameShown(edge, 'acme.localhost')).toBe('localhost');

    const first = await serialShown(edge, domain);
    await makeCertificate(join(edge.folder, 'renewed'), [domain]);
    for (const end of ['key', 'crt']) {
      await copyFile(join(edge.folder, `renewed.${end}`), join(edge.brought, `${domain}.${end}`));
    }
    await until(async () => (await serialShown(edge, domain)) !== first);
    const renewed = await serialShown(edge, domain);

    // What cannot serve leaves what does in its place.
    await makeCertificate(join(edge.folder, 'other'), [domain]);
    await copyFile(join(edge.folder, 'other.key'), join(edge.brought, `${domain}.key`));
    const fault = 'The private key does not belong to the certificate.';
    await until(async () => JSON.stringify(said).includes(fault));
    expect(await serialShown(edge, domain)).toBe(renewed);
    await makeCertificate(join(edge.brought, 'learn.globex.example'), ['elsewhere.example']);
    await until(async () => JSON.stringify(said).includes('It is none for learn.globex.example.'));
    expect(await nameShown(edge, 'learn.globex.example')).toBe('localhost');

    await rm(join(edge.brought, `${domain}.key`));
    await rm(join(edge.brought, `${domain}.crt`));
    await until(async () => (await nameShown(edge, domain)) === 'localhost');
    expect(await api.process()).toEqual(before);
  });

  it('keeps the whole of a chain whose blocks stand apart by blank lines', async () => {
    const { edge } = await keptEdge();
    const [domain, issuer] = ['learn.acme.example', 'issuer.example'];
    await makeCertificate(join(edge.folder, 'leaf'), [domain]);
    await makeCertificate(join(edge.folder, 'issuer'), [issuer]);
    const read = async (name: string) => readFile(join(edge.folder, name), 'utf8');
    const parts = [await read('leaf.crt'), await read('issuer.crt'), await read('leaf.key')];
    await writeFile(join(edge.brought, `${domain}.pem`), parts.join('\n\n'));
    await until(async () => (await nameShown(edge, domain)) === domain);
    expect(await chainLength(edge, domain)).toBe(2);
  });

  it.each([
    ['two lengths', 400, 'content-length: 3\r\ncontent-length: 4\r\n\r\nabcd'],
    [
      'a length and chunks',
      400,
      'content-length: 4\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n',
    ],
    ['a blank before the colon', 400, 'content-length : 4\r\n\r\nabcd'],
    ['a name that another program reads as Content-Length', 403, 'content_length: 4\r\n\r\n'],
    ['a header that is continued', 400, 'x-one: a\r\n b: c\r\ncontent-length: x4\r\n\r\n'],
  ])('refuses a request with %s', async (_, status, rest) => {
    const { edge } = await keptEdge();
    const answer = await raw(edge, `POST / HTTP/1.1\r\nhost: acme.localhost\r\n${rest}`);
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(answer).not.toContain('shared');
  });

  it('believes a PROXY header from where it was told to expect one', async () => {
    const { edge } = await keptEdge({ HARKA_EDGE_PROXY_SOURCES: '127.0.0.1/32 10.0.0.0/8' });
    const answer = await raw(
      edge,
      'GET / HTTP/1.1\r\nhost: acme.localhost\r\nconnection: close\r\n\r\n',
      'PROXY TCP4 203.0.113.7 127.0.0.1 40000 443\r\n',
    );
    expect(answer).toContain('shared');
    await until(async () => edge.logged.includes('"ip":"203.0.113.7"'));
  });

  it('does not believe one from anybody else', async () => {
    const { edge } = await keptEdge({ HARKA_EDGE_PROXY_SOURCES: '10.0.0.0/8' });
    const header = 'PROXY TCP4 203.0.113.7 127.0.0.1 40000 443\r\n';
    const answer = await raw(edge, 'GET / HTTP/1.1\r\nhost: acme.localhost\r\n\r\n', header).catch(() => '');
    expect(answer).toBe('');
  });
});

/** What HAProxy says to these bytes, after TLS; `before` goes over the bare connection. */
async function raw(edge: Edge, text: string, before = ''): Promise<string> {
  const plain = connectTcp(edge.httpsPort, '127.0.0.1');
  await new Promise<void>((resolve, reject) => plain.once('connect', resolve).once('error', reject));
  if (before !== '') plain.write(before);
  return new Promise((resolve, reject) => {
    const secure = connectTls({ socket: plain, rejectUnauthorized: false, servername: 'acme.localhost' });
    let answer = '';
    secure.once('error', reject);
    secure.once('secureConnect', () => secure.end(text));
    secure.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    secure.once('end', () => {
      resolve(answer);
    });
  });
}

async function shown<T>(
  edge: Edge,
  servername: string,
  look: (socket: ReturnType<typeof connectTls>) => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const socket = connectTls(
      { host: '127.0.0.1', port: edge.httpsPort, servername, rejectUnauthorized: false },
      () => {
        resolve(look(socket));
        socket.destroy();
      },
    );
    socket.once('error', reject);
  });
}

const nameShown = async (edge: Edge, host: string) =>
  shown(edge, host, (socket) => String(socket.getPeerCertificate().subject.CN));
const serialShown = async (edge: Edge, host: string) =>
  shown(edge, host, (socket) => socket.getPeerCertificate().serialNumber);

/** How many certificates are sent: Node's own client shows those alone that vouch for each other. */
async function chainLength(edge: Edge, host: string): Promise<number> {
  const target = ['-connect', `127.0.0.1:${edge.httpsPort}`, '-servername', host];
  return new Promise((resolve, reject) => {
    const child = execFile('openssl', ['s_client', '-showcerts', ...target], (error, stdout) => {
      if (error === null) {
        resolve(stdout.split('-----BEGIN CERTIFICATE-----').length - 1);
      } else reject(new Error(`openssl: ${error.message}`, { cause: error }));
    });
    child.stdin?.end();
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not come to hold in 30 s.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
