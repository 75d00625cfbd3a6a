import { generateKeyPairSync } from 'node:crypto';
import type { Endpoint } from '#libs/contracts';
import { bootstrapRoles, loginRoles } from '#libs/database';
import { testServer } from '#libs/database/testing';
import { processEnvironment } from '#libs/config';
import { startService, type RunningService } from '#libs/service';
import { ContextSigner, serviceKey, type Actor, type TenantRef } from '#libs/tenancy';
import { aUser } from '#libs/tenancy/testing';
import { request } from 'undici';
import { tenants } from '../src/index.js';
import type { TestPlatform } from './test-platform.js';

const PASSWORD = 'known-to-tests-only';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** The tenants service as it runs, and calls to it as the gateway makes them. */
export class TestService {
  private constructor(
    private readonly service: RunningService,
    private readonly gateway: ContextSigner,
  ) {}

  static async start(platform: TestPlatform): Promise<TestService> {
    const passwords = Object.fromEntries(loginRoles.map((role) => [role, PASSWORD]));
    await bootstrapRoles(testServer(), passwords);
    const keys = (['gateway', 'tenants', 'auth', 'courses', 'media', 'insights'] as const).map((kid) =>
      serviceKey.parse({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid }),
    );
    const service = await startService(tenants, {
      HARKA_DIRECTORY_URL: platform.database.url,
      HARKA_DATABASE_PASSWORDS: JSON.stringify(passwords),
      HARKA_REDIS_URL: processEnvironment()['HARKA_TEST_REDIS_URL'],
      HARKA_SERVICE_KEYS: JSON.stringify(keys),
      HARKA_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
      HARKA_BASE_DOMAIN: 'harka.example',
      HARKA_TENANTS_PORT: '0',
      HARKA_LOG_LEVEL: 'silent',
      HARKA_CHECK_RESPONSES: 'on',
    });
    return new TestService(service, await ContextSigner.of('gateway', keys));
  }

  asOperator(): Caller {
    return this.caller(null, aUser({ kind: 'operator', permissions: [] }));
  }

  as(tenant: TenantRef, actor: Actor): Caller {
    return this.caller(tenant, actor);
  }

  async close(): Promise<void> {
    await this.service.close();
  }

  private caller(tenant: TenantRef | null, actor: Actor): Caller {
    return async ({ method, path }, { params = {}, body, bytes, headers = {} } = {}) => {
      const token = await this.gateway.sign({ tenant, actor }, 'tenants');
      const filled = path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) =>
        encodeURIComponent(params[name] ?? ''),
      );
      const response = await request(`${this.service.url}${filled}`, {
        method,
        headers: {
          'x-harka-context': token,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
          ...headers,
        },
        body: bytes ?? (body === undefined ? null : JSON.stringify(body)),
      });
      const text = await response.body.text();
      const isJson = String(response.headers['content-type']).includes('json');
      const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
      return { status: response.statusCode, headers: response.headers, text, json };
    };
  }
}

export type Caller = (
  endpoint: Pick<Endpoint, 'method' | 'path'>,
  call?: {
    readonly params?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly bytes?: Buffer;
    readonly headers?: Readonly<Record<string, string>>;
  },
) => Promise<Answer>;
