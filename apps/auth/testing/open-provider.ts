import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';

export type Claims = Readonly<Record<string, unknown>>;
type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** An OpenID provider of tests, which says and signs whatever it is told to. */
export class TestOpenProvider {
  readonly clientId = 'harka';
  readonly clientSecret = 'a secret of the client: +&%';
  /** What the token endpoint answers next, given the claims that would be right. */
  token: (right: Claims) => Promise<string> = async (right) => this.sign(right);
  userinfo: (right: Claims) => Claims = ({ sub }) => ({ sub });
  metadata: Claims = {};
  keys: JWK[] = [];
  /** Where `/moved` leads. */
  movedTo = '';
  keyLooks = 0;
  /** What came to the token endpoint. */
  readonly asked: URLSearchParams[] = [];
  private right: Claims = {};
  private server: Server | null = null;
  private key: PrivateKey | null = null;
  private kid = '';

  static async start(): Promise<TestOpenProvider> {
    const provider = new TestOpenProvider();
    await provider.rotate();
    provider.server = createServer((request, response) => {
      if (request.url === '/moved') {
        response.writeHead(302, { location: provider.movedTo }).end();
        return;
      }
      void provider.answer(request).then(({ status = 200, json }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      });
    });
    await new Promise<void>((resolve) => provider.server?.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get host(): string {
    return `127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  get issuer(): string {
    return `http://${this.host}`;
  }

  /** A new key, and the old ones are gone from one moment to the next. */
  async rotate(): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.kid = `k${Math.random().toString(36).slice(2)}`;
    this.key = privateKey;
    this.keys = [{ ...(await exportJWK(publicKey)), kid: this.kid, use: 'sig', alg: 'RS256' }];
  }

  async sign(
    claims: Claims,
    header: Claims = {},
    key: PrivateKey | Uint8Array | null = this.key,
  ): Promise<string> {
    if (key === null) throw new Error('There is no key yet.');
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: this.kid, ...header })
      .sign(key);
  }

  /** What somebody would be right to say who answers this question. */
  expect(question: URL, now: Date, more: Claims = {}): void {
    const seconds = Math.floor(now.getTime() / 1000);
    this.right = {
      ...{ iss: this.issuer, aud: this.clientId, sub: 'ann-1', iat: seconds, exp: seconds + 300 },
      nonce: question.searchParams.get('nonce'),
      ...{ email: 'ann@acme.example', name: 'Ann Other' },
      ...more,
    };
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  private async answer(request: IncomingMessage): Promise<{ status?: number; json: unknown }> {
    switch (new URL(request.url ?? '/', this.issuer).pathname) {
      case '/.well-known/openid-configuration':
        return { json: { ...this.described(), ...this.metadata } };
      case '/jwks':
        this.keyLooks += 1;
        return { json: { keys: this.keys } };
      case '/token': {
        this.asked.push(new URLSearchParams(await textOf(request)));
        return {
          json: {
            access_token: 'a',
            token_type: 'Bearer',
            expires_in: 60,
            id_token: await this.token(this.right),
          },
        };
      }
      case '/userinfo':
        return { json: this.userinfo(this.right) };
      case '/page':
        return { json: '<!doctype html><title>Sign in</title>' };
      case '/flood':
        return { json: ' '.repeat(2 * 1024 * 1024) };
      default:
        return { status: 404, json: {} };
    }
  }

  private described(): Claims {
    const at = (path: string) => `${this.issuer}/${path}`;
    return {
      issuer: this.issuer,
      ...{ authorization_endpoint: at('authorize'), token_endpoint: at('token'), jwks_uri: at('jwks') },
      ...{ userinfo_endpoint: at('userinfo'), end_session_endpoint: at('logout') },
      ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
