import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { Agent, request, type Dispatcher } from 'undici';
import { KubeError } from './kube-error.js';
import { apiVersionOf, pathOf, type KubeObject, type Resource } from './kube-object.js';

/** Every write names its writer. */
export const FIELD_MANAGER = 'harka-operator';
const PAGE = 500;
const TIMEOUT = 10_000;
/** A token in a file is a new one every hour or so. */
const LOGIN_AGE = 30_000;
const CONNECTIONS = 16;

export interface Page<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
}

interface Login {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: string;
  readonly agent: Agent;
  readonly at: number;
}

type Write = 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * The API of a cluster, with the login that client-node finds. The calls are our own: client-node's typed ones drop fields
 * they do not know, and all of its calls open a connection each (README.md).
 */
export class KubeClient {
  private login: Login | undefined;

  constructor(private readonly config: KubeConfig) {}

  async get<T extends KubeObject>(resource: Resource, name: string, namespace?: string): Promise<T> {
    return this.call<T>('GET', pathOf(resource, namespace, name));
  }

  /** All objects of a kind, page by page, as of one moment. */
  async list<T extends KubeObject>(resource: Resource, selector?: string): Promise<Page<T>> {
    const items: T[] = [];
    let next = '';
    for (;;) {
      const query = new URLSearchParams({
        limit: String(PAGE),
        ...(selector !== undefined && { labelSelector: selector }),
        ...(next !== '' && { continue: next }),
      });
      const page = await this.call<{
        items: T[];
        metadata: { resourceVersion?: string; continue?: string };
      }>('GET', `${pathOf(resource)}?${query.toString()}`);
      items.push(...page.items);
      next = page.metadata.continue ?? '';
      if (next === '') return { items, resourceVersion: page.metadata.resourceVersion ?? '' };
    }
  }

  async create<T extends KubeObject>(resource: Resource, object: T, namespace?: string): Promise<T> {
    return this.call<T>('POST', `${pathOf(resource, namespace)}?fieldManager=${FIELD_MANAGER}`, {
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      ...object,
    });
  }

  async replace<T extends KubeObject>(resource: Resource, object: T, namespace?: string): Promise<T> {
    const path = pathOf(resource, namespace, object.metadata.name);
    return this.call<T>('PUT', `${path}?fieldManager=${FIELD_MANAGER}`, {
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      ...object,
    });
  }

  /** Server-side apply: what is named here is so, whoever said otherwise. */
  async apply<T extends KubeObject>(
    resource: Resource,
    object: T,
    at: { readonly namespace?: string; readonly subresource?: 'status' } = {},
  ): Promise<T> {
    const path = pathOf(resource, at.namespace, object.metadata.name);
    const sub = at.subresource === undefined ? '' : `/${at.subresource}`;
    return this.call<T>(
      'PATCH',
      `${path}${sub}?fieldManager=${FIELD_MANAGER}&force=true`,
      { apiVersion: apiVersionOf(resource), kind: resource.kind, ...object },
      'application/apply-patch+yaml',
    );
  }

  /** @throws KubeError 409 when `metadata.resourceVersion` is named in the patch and is no longer the object's */
  async merge<T extends KubeObject>(
    resource: Resource,
    name: string,
    patch: object,
    namespace?: string,
  ): Promise<T> {
    return this.call<T>(
      'PATCH',
      `${pathOf(resource, namespace, name)}?fieldManager=${FIELD_MANAGER}`,
      patch,
      'application/merge-patch+json',
    );
  }

  async remove(resource: Resource, name: string, namespace?: string): Promise<void> {
    await this.call('DELETE', pathOf(resource, namespace, name));
  }

  /** The lines of a watch, until the server, the network or `signal` ends it. */
  async watch(
    resource: Resource,
    { resourceVersion, selector, seconds }: { resourceVersion: string; selector?: string; seconds: number },
    signal: AbortSignal,
    onLine: (line: string) => void,
  ): Promise<void> {
    const query = new URLSearchParams({
      watch: '1',
      resourceVersion,
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(seconds),
      ...(selector !== undefined && { labelSelector: selector }),
    });
    const response = await this.send('GET', `${pathOf(resource)}?${query.toString()}`, undefined, undefined, {
      signal,
      bodyTimeout: 0,
    });
    if (response.statusCode >= 400) throw refusal(response.statusCode, await response.body.text());
    response.body.setEncoding('utf8');
    let rest = '';
    for await (const chunk of response.body) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') onLine(line);
    }
  }

  /** Lets go of every connection: where one has fallen silent, none can be trusted. What is under way fails. */
  reconnect(): void {
    const agent = this.login?.agent;
    this.login = undefined;
    agent?.destroy().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.login?.agent.destroy();
  }

  private async call<T>(method: 'GET' | Write, path: string, body?: unknown, type?: string): Promise<T> {
    const response = await this.send(method, path, body, type, {});
    const text = await response.body.text();
    if (response.statusCode >= 400) throw refusal(response.statusCode, text);
    return JSON.parse(text) as T;
  }

  private async send(
    method: 'GET' | Write,
    path: string,
    body: unknown,
    type = 'application/json',
    options: Partial<Pick<Dispatcher.RequestOptions, 'signal' | 'bodyTimeout'>>,
  ): Promise<Dispatcher.ResponseData> {
    const server = this.config.getCurrentCluster()?.server;
    if (server === undefined) throw new Error('no cluster is configured');
    const { agent, headers } = await this.loggedIn();
    return request(`${server.replace(/\/$/, '')}${path}`, {
      dispatcher: agent,
      method,
      headers: {
        ...headers,
        accept: 'application/json',
        'user-agent': FIELD_MANAGER,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
      ...options,
    });
  }

  private async loggedIn(): Promise<Login> {
    const now = Date.now();
    if (this.login !== undefined && now - this.login.at < LOGIN_AGE) return this.login;
    const found: RequestOptions = {};
    await this.config.applyToHTTPSOptions(found);
    const connect = {
      ...(found.ca !== undefined && { ca: found.ca }),
      ...(found.cert !== undefined && { cert: found.cert }),
      ...(found.key !== undefined && { key: found.key }),
      ...(found.servername !== undefined && { servername: found.servername }),
      ...(found.rejectUnauthorized !== undefined && { rejectUnauthorized: found.rejectUnauthorized }),
    };
    const tls = JSON.stringify(connect, (_, value: unknown) =>
      Buffer.isBuffer(value) ? value.toString('base64') : value,
    );
    const agent =
      this.login?.tls === tls
        ? this.login.agent
        : new Agent({ connect, connections: CONNECTIONS, keepAliveTimeout: 30_000 });
    const headers = Object.fromEntries(
      Object.entries(found.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    this.login = { headers, tls, agent, at: now };
    return this.login;
  }
}

function refusal(status: number, text: string): KubeError {
  try {
    const { reason, message } = JSON.parse(text) as { reason?: string; message?: string };
    return new KubeError(status, reason ?? '', message ?? text);
  } catch {
    // A proxy between us and the server speaks no Kubernetes.
    return new KubeError(status, '', text.slice(0, 500));
  }
}
