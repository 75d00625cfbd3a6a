import { processEnvironment } from '#libs/config';
import { Agent, request } from 'undici';

/** What `npm test` says about the platform that it started. */
export interface TestPlatform {
  readonly baseUrl: string;
  readonly baseDomain: string;
  readonly operatorToken: string;
  readonly metricsUrl: string;
  readonly dataDir: string;
  readonly directoryUrl: string;
  readonly shards: readonly { readonly name: string; readonly tier: string; readonly url: string }[];
  readonly chromium: string;
}

let chosen: TestPlatform | undefined;

/** For a file of tests that has a platform of its own. */
export function useTestPlatform(platform: TestPlatform): void {
  chosen = platform;
}

export function testPlatform(): TestPlatform {
  if (chosen !== undefined) return chosen;
  const environment = processEnvironment();
  const named = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') {
      throw new Error(`${name} is not set: run these tests with "npm test".`);
    }
    return value;
  };
  return {
    baseUrl: named('HARKA_TEST_BASE_URL'),
    baseDomain: named('HARKA_TEST_BASE_DOMAIN'),
    operatorToken: named('HARKA_TEST_OPERATOR_TOKEN'),
    metricsUrl: named('HARKA_TEST_METRICS_URL'),
    dataDir: named('HARKA_TEST_DATA_DIR'),
    directoryUrl: named('HARKA_TEST_DIRECTORY_URL'),
    shards: JSON.parse(named('HARKA_TEST_SHARDS')) as TestPlatform['shards'],
    chromium: named('HARKA_TEST_CHROMIUM'),
  };
}

export const DEMO_PASSWORD = 'harka-demo-1';

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is bytes. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
}

const agent = new Agent({ connections: 64, headersTimeout: 60_000, bodyTimeout: 60_000 });

/** One host of the platform. `*.localhost` does not resolve everywhere, so the address is dialled and the host is named. */
export class Site {
  private readonly address: URL;
  readonly host: string;

  constructor(
    readonly name: string,
    private readonly standing: Readonly<Record<string, string>> = {},
    { baseUrl, baseDomain }: Pick<TestPlatform, 'baseUrl' | 'baseDomain'> = testPlatform(),
  ) {
    this.address = new URL(baseUrl);
    const label = name === '' ? baseDomain : `${name}.${baseDomain}`;
    this.host = this.address.port === '' ? label : `${label}:${this.address.port}`;
  }

  get origin(): string {
    return `${this.address.protocol}//${this.host}`;
  }

  /** The same host, with these headers on every call. */
  with(headers: Readonly<Record<string, string>>): Site {
    return new Site(this.name, { ...this.standing, ...headers });
  }

  as(accessToken: string): Site {
    return this.with({ authorization: `Bearer ${accessToken}` });
  }

  /** @throws Error that names the call, when no whole answer comes. */
  async call(call: Call): Promise<Answer> {
    return this.answerTo(call).catch((cause: unknown) => {
      throw new Error(`${call.method ?? 'GET'} ${this.host}${call.path}: no whole answer.`, { cause });
    });
  }

  private async answerTo({ method = 'GET', path, headers = {}, body }: Call): Promise<Answer> {
    const bytes = Buffer.isBuffer(body);
    const json = body !== undefined && !bytes;
    const response = await request(new URL(path, this.address), {
      dispatcher: agent,
      method,
      headers: {
        host: this.host,
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...this.standing,
        ...headers,
      },
      body: bytes ? body : json ? JSON.stringify(body) : null,
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, text, json: jsonOrUndefined(text) };
  }

  /** Calls and gives the JSON. @throws Error that shows the answer when it is not a success. */
  async get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  async send<T>(
    method: NonNullable<Call['method']>,
    path: string,
    body?: unknown,
    headers?: Call['headers'],
  ): Promise<T> {
    const answer = await this.call({ method, path, body, ...(headers === undefined ? {} : { headers }) });
    if (answer.status >= 300) {
      throw new Error(`${method} ${this.host}${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
    }
    return answer.json as T;
  }
}

/** Signs in with a password and gives the site with the bearer token. */
export async function signIn(tenant: string, email: string, password = DEMO_PASSWORD): Promise<Site> {
  const site = new Site(tenant);
  const { accessToken } = await site.send<{ accessToken: string }>('POST', '/api/v1/auth/login', {
    email,
    password,
  });
  return site.as(accessToken);
}

/** The admin host in the name of the command line's operator. */
export function operatorSite(): Site {
  return new Site('admin').as(testPlatform().operatorToken);
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
