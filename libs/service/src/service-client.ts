import {
  headers,
  problem,
  type Endpoint,
  type EndpointRequest,
  type EndpointResponse,
  type ServiceName,
} from '#libs/contracts';
import { DomainError, type ErrorKind } from '#libs/kernel';
import { CONTEXT_LIFETIME, currentContext, identityOf, type ContextSigner } from '#libs/tenancy';
import { Pool } from 'undici';
import { statusOfKind } from './problem.js';

/** Where the services are. */
export type ServiceUrls = Readonly<Record<Exclude<ServiceName, 'gateway'>, string>>;

const TIMEOUT = 30_000;
// A remembered token must still hold while the call is on its way.
const REUSE_FOR = (CONTEXT_LIFETIME - 10) * 1000;

/** Calls endpoints of other services in the current context, signed by this service. */
export abstract class ServiceClient {
  /**
   * @throws DomainError as the other service gave it (same kind and code), or `service.unavailable` when it cannot be reached.
   */
  abstract call<E extends Endpoint>(endpoint: E, request?: EndpointRequest<E>): Promise<EndpointResponse<E>>;

  /** The whole of a small file that a `download` endpoint answers. @throws as `call` */
  abstract download<E extends Endpoint & { readonly download: true }>(
    endpoint: E,
    request?: EndpointRequest<E>,
  ): Promise<Downloaded>;
}

export interface Downloaded {
  readonly bytes: Buffer;
  readonly contentType: string;
}

export class HttpServiceClient extends ServiceClient {
  private readonly pools = new Map<ServiceName, Pool>();
  private readonly tokens = new Map<string, { token: string; until: number }>();

  constructor(
    private readonly urls: ServiceUrls,
    private readonly signer: ContextSigner,
  ) {
    super();
  }

  async call<E extends Endpoint>(
    endpoint: E,
    request: EndpointRequest<E> = {},
  ): Promise<EndpointResponse<E>> {
    const { bytes } = await this.answer(endpoint, request);
    if (endpoint.response === null) return undefined as EndpointResponse<E>;
    return endpoint.response.parse(JSON.parse(bytes.toString())) as EndpointResponse<E>;
  }

  async download<E extends Endpoint>(endpoint: E, request: EndpointRequest<E> = {}): Promise<Downloaded> {
    return this.answer(endpoint, request);
  }

  private async answer<E extends Endpoint>(endpoint: E, request: EndpointRequest<E>): Promise<Downloaded> {
    const context = currentContext();
    const given: { body?: unknown; params?: Scalars | undefined; query?: Scalars | undefined } = request;
    const json = given.body === undefined ? undefined : JSON.stringify(given.body);
    const type = json === undefined ? 'application/octet-stream' : 'application/json';
    const body = json ?? request.stream ?? null;
    const response = await this.send(endpoint, {
      path: pathOf(endpoint, given.params, given.query),
      body,
      headers: {
        [headers.context]: await this.tokenFor(endpoint.service),
        [headers.requestId]: context.requestId,
        ...(context.traceparent === null ? {} : { [headers.traceparent]: context.traceparent }),
        ...(body === null ? {} : { 'content-type': type }),
      },
    });
    const { statusCode, bytes } = response;
    if (statusCode >= 400) throw refusalOf(endpoint.service, statusCode, bytes.toString());
    return response;
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map(async (pool) => pool.close()));
  }

  private async send(
    { service, method }: Endpoint,
    options: { path: string; body: string | Uint8Array | null; headers: Record<string, string> },
  ): Promise<Downloaded & { readonly statusCode: number }> {
    try {
      const { statusCode, body, headers: given } = await this.poolOf(service).request({ ...options, method });
      const contentType = [given['content-type']].flat()[0] ?? 'application/octet-stream';
      return { statusCode, contentType, bytes: Buffer.from(await body.arrayBuffer()) };
    } catch (cause) {
      throw new DomainError('unavailable', 'service.unavailable', `The service ${service} does not answer.`, {
        cause,
        retryAfterSeconds: 2,
      });
    }
  }

  private poolOf(service: ServiceName): Pool {
    const known = this.pools.get(service);
    if (known !== undefined) return known;
    if (service === 'gateway') throw new Error('Services do not call the gateway.');
    const pool = new Pool(this.urls[service], {
      connections: 16,
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
    });
    this.pools.set(service, pool);
    return pool;
  }

  private async tokenFor(audience: ServiceName): Promise<string> {
    const identity = identityOf(currentContext());
    const key = JSON.stringify([audience, identity]);
    const known = this.tokens.get(key);
    if (known !== undefined && known.until > Date.now()) return known.token;
    const token = await this.signer.sign(identity, audience);
    if (this.tokens.size > 1_000) this.tokens.clear();
    this.tokens.set(key, { token, until: Date.now() + REUSE_FOR });
    return token;
  }
}

type Scalars = Readonly<Record<string, string | number | boolean | undefined>>;

function pathOf(endpoint: Endpoint, params: Scalars = {}, query: Scalars = {}): string {
  const path = endpoint.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

const kinds: readonly ErrorKind[] = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'precondition_failed',
  'precondition_required',
  'too_large',
  'unsupported',
  'rate_limited',
  'insufficient_storage',
  'unavailable',
  'timeout',
];

function refusalOf(service: ServiceName, status: number, text: string): Error {
  const kind = kinds.find((candidate) => statusOfKind(candidate) === status);
  const parsed = problem.safeParse(jsonOrNull(text));
  if (kind === undefined || !parsed.success) return new Error(`The service ${service} answered ${status}.`);
  return new DomainError(kind, parsed.data.code, parsed.data.detail, { faults: parsed.data.errors ?? [] });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
