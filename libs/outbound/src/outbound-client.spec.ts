import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isPublicAddress } from './address.js';
import { outboundAllow } from './allowed-targets.js';
import { OutboundClient } from './outbound-client.js';

const opened: Server[] = [];
const clients: OutboundClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function aServer(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function aClient(options: ConstructorParameters<typeof OutboundClient>[0]): OutboundClient {
  const client = new OutboundClient(options);
  clients.push(client);
  return client;
}

const codeOf = async (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) => (error as { code: string }).code,
  );

describe(isPublicAddress.name, () => {
  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '240.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '[::1]',
    'ff02::1',
    'localhost',
    '',
  ])('takes %s for one that nobody outside has', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['93.184.216.34', '1.1.1.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
    'lets %s pass',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe(OutboundClient.name, () => {
  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://localhost/',
    'http://example.com/',
    'https://example.com:8443/',
    'https://user:secret@example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'not a url',
  ])('refuses %s', async (url) => {
    expect(await codeOf(aClient({ allow: [] }).call(url))).toBe('outbound.refused');
  });

  it('refuses a name that leads to a private address, also where public ones stand beside it', async () => {
    for (const addresses of [['10.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::1']]) {
      const client = aClient({
        allow: [],
        resolve: (_host, done) => {
          done(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          );
        },
      });
      expect(await codeOf(client.call('https://idp.example.com/metadata'))).toBe('outbound.refused');
    }
  });

  it('looks at the address of each connection: what was public a moment ago does not count', async () => {
    const answers = ['1.1.1.1', '127.0.0.1'];
    const asked: string[] = [];
    const client = aClient({
      allow: [],
      timeoutMs: 300,
      resolve: (host, done) => {
        asked.push(host);
        done(null, [{ address: answers.shift() ?? '127.0.0.1', family: 4 }]);
      },
    });
    await client.call('https://rebind.example.com/').catch(() => undefined);
    expect(await codeOf(client.call('https://rebind.example.com/'))).toBe('outbound.refused');
    expect(asked.length).toBeGreaterThanOrEqual(2);
  });

  it('reaches what the operator allows, by name and port, and nothing beside it', async () => {
    const port = await aServer((_, response) => response.end('here'));
    const client = aClient({ allow: outboundAllow().parse(`127.0.0.1:${port}, idp.internal:8443`) });
    const { status, bytes } = await client.call(`http://127.0.0.1:${port}/`);
    expect([status, bytes.toString()]).toEqual([200, 'here']);
    const other = await aServer((_, response) => response.end('secret'));
    expect(await codeOf(client.call(`http://127.0.0.1:${other}/`))).toBe('outbound.refused');
  });

  it('looks at every redirect as at the first address', async () => {
    const secret = await aServer((_, response) => response.end('secret'));
    const targets = [
      `http://127.0.0.1:${secret}/`,
      'http://169.254.169.254/',
      'file:///etc/passwd',
      '//10.0.0.1/',
    ];
    let next = 0;
    const port = await aServer((_, response) => {
      response.writeHead(302, { location: targets[next] }).end();
    });
    const client = aClient({ allow: [{ host: '127.0.0.1', port }] });
    for (next = 0; next < targets.length; next += 1) {
      expect(await codeOf(client.call(`http://127.0.0.1:${port}/`))).toBe('outbound.refused');
    }
  });

  it('gives up on circles, floods, dawdlers and bombs', async () => {
    const port = await aServer((request, response) => {
      if (request.url === '/circle') response.writeHead(302, { location: '/circle' }).end();
      else if (request.url === '/flood') response.end(Buffer.alloc(3_000_000));
      else if (request.url === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      else response.writeHead(200).write('slow');
    });
    const client = aClient({ allow: [{ host: '127.0.0.1', port }], timeoutMs: 500 });
    for (const path of ['circle', 'flood', 'bomb', 'slow']) {
      expect([path, await codeOf(client.call(`http://127.0.0.1:${port}/${path}`))]).toEqual([
        path,
        'outbound.failed',
      ]);
    }
  });

  it('does not carry a body on to where a redirect leads', async () => {
    let bodies = 0;
    const port = await aServer((request, response) => {
      if (request.url === '/else') bodies += 1;
      response.writeHead(307, { location: '/else' }).end();
    });
    const client = aClient({ allow: [{ host: '127.0.0.1', port }] });
    const call = client.call(`http://127.0.0.1:${port}/token`, { method: 'POST', body: 'client_secret=x' });
    expect(await codeOf(call)).toBe('outbound.failed');
    expect(bodies).toBe(0);
  });
});

describe(outboundAllow.name, () => {
  it('says which entry is not host:port', () => {
    expect(outboundAllow().safeParse('idp.internal').success).toBe(false);
    expect(outboundAllow().parse('')).toEqual([]);
    expect(outboundAllow().parse('IdP.internal:443')).toEqual([{ host: 'idp.internal', port: 443 }]);
  });
});
