import type { Endpoint, EndpointRequest, EndpointResponse } from '#libs/contracts';
import type { csrfToken } from '#libs/contracts/gateway';
import { ApiProblem, isProblem, problemOf, unreachable } from './problem.js';
import { newUuid, urlOf } from './request.js';
import { type SessionHint } from './session-hint.js';
import { singleFlight } from './single-flight.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface CallOptions {
  readonly ifMatch?: string;
  /** Makes a repeated POST harmless; a new key is made when none is given. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Lets a small call outlive the page that made it. */
  readonly keepalive?: boolean;
  /** Sent as it is: the body of an upload. */
  readonly file?: Blob;
}

/** What goes into a call of the endpoint, as its contract says. */
export type ApiCall<E extends Endpoint> = Omit<EndpointRequest<E>, 'stream'> & CallOptions;

/** The same once the contract has had its say. */
interface Call extends CallOptions {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

export interface ApiAnswer<T> {
  readonly data: T;
  readonly etag: string | null;
}

export interface ApiClientOptions {
  readonly fetch: typeof fetch;
  /** Keeps two tabs from renewing the session at once. */
  readonly exclusively?: (renew: () => Promise<boolean>) => Promise<boolean>;
  readonly onSignedOut?: () => void;
  /** A change asks for a fresh proof: true when it was given. */
  readonly onStepUp?: () => Promise<boolean>;
  /** Whether there may be a session to renew; without it one is always tried. */
  readonly hint?: SessionHint;
  /** Where a session is renewed; operators have a door of their own. */
  readonly refreshPath?: string;
}

const CSRF_PATH = '/api/v1/auth/csrf';
const STEP_UP = 'auth.step_up_required';
/** A 401 from these says something about what was typed, not about the session. */
const ANSWERS_FOR_ITSELF =
  /^\/api\/v1\/(?:operator\/)?auth\/(login|refresh|logout|ldap\/.*|change-password|second-step.*|passkey-sign-in|step-up)$/;

/**
 * The one way to the server. Cookies carry the session, so every change carries the CSRF token; a session that has
 * run out is renewed once, quietly, and the call is made again.
 */
export class ApiClient {
  private csrfToken: string | null = null;
  private readonly refresh = singleFlight(() => this.renewSession());
  private readonly readCsrfToken = singleFlight(() => this.fetchCsrfToken());

  constructor(private readonly options: ApiClientOptions) {}

  /** `E` is the contract of the endpoint, named as a type alone: `send<typeof listMyCourses>('GET', …)`. */
  async send<E extends Endpoint>(
    method: Method,
    path: string,
    call: ApiCall<E> = {},
  ): Promise<ApiAnswer<EndpointResponse<E>>> {
    const prepared: Call = method === 'POST' ? { idempotencyKey: newUuid(), ...call } : call;
    const response = await this.sendWithSession(method, path, prepared);
    const data: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
    return { data: data as EndpointResponse<E>, etag: response.headers.get('etag') };
  }

  async read<E extends Endpoint>(path: string, call: ApiCall<E> = {}): Promise<EndpointResponse<E>> {
    return (await this.send<E>('GET', path, call)).data;
  }

  /** Somebody is signed in here: the end of the session is then worth a renewal. */
  rememberSession(): void {
    this.options.hint?.set();
  }

  /** The token belongs to a session: a new session needs a new one. */
  forgetCsrfToken(): void {
    this.csrfToken = null;
  }

  /** For whoever speaks to the server by another library: what every change must carry. */
  async headersForChange(): Promise<Readonly<Record<string, string>>> {
    this.csrfToken ??= await this.readCsrfToken();
    return { 'x-csrf-token': this.csrfToken };
  }

  /** For the same, after a 401 or a refused token: true when it is worth another try. */
  async renew(): Promise<boolean> {
    if (await this.refresh()) return true;
    this.options.hint?.clear();
    this.options.onSignedOut?.();
    return false;
  }

  private async sendWithSession(method: Method, path: string, call: Call): Promise<Response> {
    try {
      return await this.sendWithToken(method, path, call);
    } catch (error) {
      if (isProblem(error, STEP_UP) && (await this.options.onStepUp?.()) === true) {
        return this.sendWithToken(method, path, call);
      }
      if (!isProblem(error) || error.status !== 401 || ANSWERS_FOR_ITSELF.test(path)) throw error;
      if (this.options.hint?.isSet === false) throw error;
      if (!(await this.refresh())) {
        this.options.hint?.clear();
        this.options.onSignedOut?.();
        throw error;
      }
      return this.sendWithToken(method, path, call);
    }
  }

  private async sendWithToken(method: Method, path: string, call: Call): Promise<Response> {
    if (method === 'GET') return this.sendOnce(method, path, call, null);
    this.csrfToken ??= await this.readCsrfToken();
    try {
      return await this.sendOnce(method, path, call, this.csrfToken);
    } catch (error) {
      if (!isProblem(error) || error.status !== 403 || !error.code.includes('csrf')) throw error;
      this.csrfToken = await this.readCsrfToken();
      return this.sendOnce(method, path, call, this.csrfToken);
    }
  }

  private async sendOnce(method: Method, path: string, call: Call, token: string | null): Promise<Response> {
    const body = call.file ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    const response = await this.fetch(urlOf(path, recordOf(call.params), recordOf(call.query)), {
      method,
      headers: headersOf(call, token),
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
      ...(call.keepalive === undefined ? {} : { keepalive: call.keepalive }),
    });
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  private async renewSession(): Promise<boolean> {
    const renew = async (): Promise<boolean> => {
      this.forgetCsrfToken();
      try {
        await this.sendWithToken('POST', this.options.refreshPath ?? '/api/v1/auth/refresh', { body: {} });
        return true;
      } catch (error) {
        if (isProblem(error) && error.status >= 400 && error.status < 500) return false;
        throw error;
      } finally {
        this.forgetCsrfToken();
      }
    };
    return this.options.exclusively === undefined ? renew() : this.options.exclusively(renew);
  }

  private async fetchCsrfToken(): Promise<string> {
    const response = await this.sendOnce('GET', CSRF_PATH, {}, null);
    const body = (await response.json().catch(() => null)) as EndpointResponse<typeof csrfToken> | null;
    if (body === null) throw new ApiProblem(response.status, 'network.unreadable', 'No CSRF token came.');
    return body.token;
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.options.fetch(url, init);
    } catch (error) {
      if (init.signal?.aborted === true) throw error;
      throw unreachable();
    }
  }
}

function headersOf(call: Call, token: string | null): Record<string, string> {
  return {
    accept: 'application/json, application/problem+json',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === null ? {} : { 'x-csrf-token': token }),
    ...(call.ifMatch === undefined ? {} : { 'if-match': call.ifMatch }),
    ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
