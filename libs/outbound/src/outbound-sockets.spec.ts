import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { outboundAllow } from './allowed-targets.js';
import type { AddressLookup } from './guarded-connector.js';
import { OutboundSockets } from './outbound-sockets.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function aServer(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).end('here'));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const says =
  (...addresses: string[]): AddressLookup =>
  (_host, done) => {
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

async function outcome(
  host: string,
  port: number,
  { allow = '', resolve = says('10.0.0.1'), tenant = 'acme' } = {},
): Promise<string> {
  const sockets = new OutboundSockets({ allow: outboundAllow().parse(allow), resolve });
  try {
    const target = { host, port, tenant, publicPorts: [389, 636], timeoutMs: 200 };
    (await sockets.open(target)).destroy();
    return 'open';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe(OutboundSockets.name, () => {
  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '[::1]', '::ffff:127.0.0.1'])(
    'refuses %s',
    async (host) => {
      expect(await outcome(host, 636)).toBe('outbound.refused');
    },
  );

  it('refuses names that lead into a network, and ports that no directory has', async () => {
    for (const address of ['10.0.0.1', '127.0.0.1', '169.254.169.254', 'fd00::1']) {
      const resolve = says('93.184.216.34', address);
      expect(await outcome('ldap.example.com', 636, { resolve })).toBe('outbound.refused');
    }
    expect(await outcome('ldap.example.com', 22, { resolve: says('93.184.216.34') })).toBe(
      'outbound.refused',
    );
  });

  it('goes where the operator allows, and to no address of this machine or the link behind an allowed name', async () => {
    const port = await aServer();
    const allow = `127.0.0.1:${port},localhost:${port},dc.corp.example:${port}`;
    expect(await outcome('127.0.0.1', port, { allow })).toBe('open');
    expect(await outcome('localhost', port, { allow, resolve: says('127.0.0.1') })).toBe('open');
    for (const address of ['127.0.0.1', '169.254.169.254', '::1', '0.0.0.0']) {
      const resolve = says(address);
      expect(await outcome('dc.corp.example', port, { allow, resolve })).toBe('outbound.refused');
    }
  });

  it('keeps what is allowed to one tenant from the others', async () => {
    const port = await aServer();
    const allow = `acme@127.0.0.1:${port}`;
    expect(await outcome('127.0.0.1', port, { allow })).toBe('open');
    expect(await outcome('127.0.0.1', port, { allow, tenant: 'globex' })).toBe('outbound.refused');
  });

  it('asks for the name once, and goes on to its next address where one does not answer', async () => {
    const port = await aServer();
    let asked = 0;
    const resolve: AddressLookup = (_host, done) => {
      asked += 1;
      // The first of them is a port that nobody listens on.
      done(null, [
        { address: '127.0.0.9', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    };
    expect(await outcome('localhost', port, { allow: `localhost:${port}`, resolve })).toBe('open');
    expect(asked).toBe(1);
  });

  it('says what is wrong', async () => {
    const unknown: AddressLookup = (_host, done) => {
      done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
    };
    const sockets = new OutboundSockets({ allow: [], resolve: unknown });
    const target = { tenant: 'acme', publicPorts: [636], timeoutMs: 200 };
    await expect(sockets.open({ ...target, host: 'no.example.com', port: 636 })).rejects.toThrow(/not known/);
    const closed = await aServer();
    servers.pop()?.close();
    const nobody = new OutboundSockets({ allow: [{ host: '127.0.0.1', port: closed }] });
    await expect(nobody.open({ ...target, host: '127.0.0.1', port: closed })).rejects.toThrow(
      /nobody answers/,
    );
  });
});
