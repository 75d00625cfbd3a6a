import { DomainError } from '#libs/kernel';
import { Agent, request, type Dispatcher } from 'undici';
import { isAllowed, type AllowedTarget } from './allowed-targets.js';
import { guardedConnector, type AddressLookup } from './guarded-connector.js';
import { OutboundFailed, OutboundRefused } from './outbound.errors.js';

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Most bytes that the answer may have; default 1 MiB. */
  readonly maxBytes?: number;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

export interface OutboundOptions {
  readonly allow: readonly AllowedTarget[];
  /** For the whole of a call, redirects included. */
  readonly timeoutMs?: number;
  readonly resolve?: AddressLookup;
}

const MOST_REDIRECTS = 3;
const MOST_BYTES = 1024 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Calls addresses on a tenant's word. See README.md for what it refuses. */
export class OutboundClient {
  private readonly agent: Agent;
  private readonly timeoutMs: number;

  constructor(private readonly options: OutboundOptions) {
    this.timeoutMs = options.timeoutMs ?? 10_000;
    this.agent = new Agent({
      connect: guardedConnector(options.allow, Math.min(3_000, this.timeoutMs), options.resolve),
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
      connections: 8,
      keepAliveTimeout: 4_000,
      pipelining: 1,
    });
  }

  /**
   * @throws OutboundRefused when the address, or one that it redirects to, may not be called
   * @throws OutboundFailed when it does not answer in time, or with too much
   */
  async call(url: string, options: OutboundRequest = {}): Promise<OutboundAnswer> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    let target = this.requireCallable(url);
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const answer = await this.once(target, options, signal);
      const location = answer.headers['location'];
      if (!REDIRECTS.has(answer.status) || location === undefined) return answer;
      // A body or a token (credentials, codes) is for whom it was addressed to.
      if (options.method === 'POST' || options.headers?.['authorization'] !== undefined) {
        throw new OutboundFailed(url, 'it redirects');
      }
      if (!URL.canParse(location, target.href)) throw new OutboundFailed(url, 'it redirects to no address');
      target = this.requireCallable(new URL(location, target).href);
    }
    throw new OutboundFailed(url, 'it redirects too often');
  }

  /** Whether the address has a form that may be called. @throws OutboundRefused */
  requireCallable(text: string): URL {
    if (!URL.canParse(text) || text.length > 2_000) {
      throw new OutboundRefused(text.slice(0, 200), 'it is no URL');
    }
    const url = new URL(text);
    const { protocol, hostname, username, password } = url;
    const port = Number(url.port || (protocol === 'https:' ? 443 : 80));
    if (username !== '' || password !== '') throw new OutboundRefused(url.host, 'it holds a user name');
    if (protocol !== 'https:' && protocol !== 'http:') throw new OutboundRefused(text, 'it is not https');
    if (isAllowed(this.options.allow, hostname, port)) return url;
    if (protocol !== 'https:') throw new OutboundRefused(text, 'it is not https');
    if (port !== 443) throw new OutboundRefused(text, 'its port is not 443');
    return url;
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async once(
    url: URL,
    { method = 'GET', headers = {}, body, maxBytes = MOST_BYTES }: OutboundRequest,
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    try {
      const response = await request(url, {
        method,
        dispatcher: this.agent,
        signal,
        headers: { 'user-agent': 'Harka', ...headers, 'accept-encoding': 'identity' },
        body: body ?? null,
      });
      const given = flat(response.headers);
      if ((given['content-encoding'] ?? 'identity') !== 'identity') {
        response.body.on('error', () => undefined).destroy();
        throw new OutboundFailed(url.href, 'it is compressed');
      }
      return { status: response.statusCode, headers: given, bytes: await limited(url, response, maxBytes) };
    } catch (error) {
      if (error instanceof DomainError) throw error;
      const cause = (error as { cause?: unknown }).cause;
      if (cause instanceof DomainError) throw cause;
      throw new OutboundFailed(url.href, reasonOf(error), error);
    }
  }
}

async function limited(url: URL, { body }: Dispatcher.ResponseData, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw new OutboundFailed(url.href, `it sends more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it takes too long';
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name is not known';
  if (typeof code === 'string') return code.startsWith('UND_ERR') ? 'the connection broke' : code;
  return error instanceof Error ? error.message : 'the connection broke';
}
