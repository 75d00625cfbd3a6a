import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listShards, showTenant } from '#libs/contracts/tenants';
import { findToken } from './operator-token.js';
import { HttpOperatorApi } from './operator-api.http-client.js';

describe(HttpOperatorApi.name, () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string };
  let seen: IncomingMessage | undefined;

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen = request;
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });
  const api = (HARKA_URL = url) =>
    new HttpOperatorApi(
      { HARKA_URL, HARKA_BASE_DOMAIN: 'localhost', HARKA_DATA_DIR: '.harka' },
      async () => 'the-token',
    );

  it('asks the admin host, whatever address it connects to, with the token', async () => {
    answer = { status: 200, body: '{"items":[]}' };
    expect(await api().call(listShards)).toEqual({ items: [] });
    expect(seen?.headers).toMatchObject({
      host: `admin.localhost:${new URL(url).port}`,
      authorization: 'Bearer the-token',
    });
  });

  it('keeps a tenant with a slash in its name within the path', async () => {
    answer = { status: 404, body: '{}' };
    await expect(api().call(showTenant, { params: { tenantId: 'a/../b' } })).rejects.toThrow('answered 404');
    expect(seen?.url).toBe('/api/v1/operator/tenants/a%2F..%2Fb');
  });

  it('says what the platform said, and how a token is set when it is the wrong one', async () => {
    const problem = { type: 't', title: 't', status: 401, code: 'auth.x', detail: 'No.', requestId: 'r' };
    answer = { status: 401, body: JSON.stringify(problem) };
    await expect(api().call(listShards)).rejects.toMatchObject({
      message: expect.stringMatching(/^No\. .*HARKA_OPERATOR_TOKEN/),
      problem,
    });
  });

  it('says that nobody answers', async () => {
    await expect(api('http://127.0.0.1:1').call(listShards)).rejects.toThrow(
      /Harka does not answer at http:\/\/127.0.0.1:1 \(ECONNREFUSED\)/,
    );
  });
});

describe(findToken.name, () => {
  it('takes the token of the environment, else that of the data folder, else says where it looked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'harka-cli-'));
    const config = { HARKA_URL: 'http://x', HARKA_BASE_DOMAIN: 'localhost', HARKA_DATA_DIR: folder };
    await expect(findToken(config)).rejects.toThrow(join(folder, 'secrets.json'));
    await writeFile(join(folder, 'secrets.json'), '{"operatorToken":"from-file","other":1}');
    expect(await findToken(config)).toBe('from-file');
    expect(await findToken({ ...config, HARKA_OPERATOR_TOKEN: 'given' })).toBe('given');
    await rm(folder, { recursive: true });
  });
});
