import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { HttpMethod } from '#libs/contracts';
import { DomainError } from '#libs/kernel';
import type { ServiceUrls } from '#libs/service';
import { Pool } from 'undici';
import { Exchange } from './exchange.js';

export interface Forwarding {
  readonly service: keyof ServiceUrls;
  readonly method: HttpMethod;
  /** With the query, as it came. */
  readonly path: string;
  readonly headers: string[];
  readonly body: Readable | null;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly answered: (answer: IncomingHttpHeaders) => string[];
  readonly failed: (error: DomainError) => void;
}

export interface ForwarderOptions {
  /** How long a service may take to begin its answer, and to continue it. */
  readonly timeoutMilliseconds: number;
  readonly connections?: number;
}

/** Carries requests to services over connections that are kept open. */
export class Forwarder {
  private readonly pools: Readonly<Record<keyof ServiceUrls, Pool>>;

  constructor(urls: ServiceUrls, { timeoutMilliseconds, connections = 128 }: ForwarderOptions) {
    const pool = (url: string) =>
      new Pool(url, {
        connections,
        pipelining: 1,
        headersTimeout: timeoutMilliseconds,
        bodyTimeout: timeoutMilliseconds,
        connect: { timeout: 2_000 },
        keepAliveTimeout: 4_000,
      });
    this.pools = {
      tenants: pool(urls.tenants),
      auth: pool(urls.auth),
      courses: pool(urls.courses),
      media: pool(urls.media),
      insights: pool(urls.insights),
    };
  }

  forward(forwarding: Forwarding, mayRepeat = true): void {
    const { service, method, path, headers, body, request, response, answered, failed } = forwarding;
    const exchange = new Exchange({
      request,
      response,
      headers: answered,
      failed: (error) => {
        if (mayRepeat && method === 'GET' && connectionWasStale(error)) {
          this.forward(forwarding, false);
        } else failed(refusalOf(error));
      },
    });
    this.pools[service].dispatch({ method, path, headers, body }, exchange);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.pools).map(async (pool) => pool.close()));
  }
}

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined);

/** A service closes a quiet connection in the moment in which we use it again: nothing was done yet, ask anew. */
function connectionWasStale(error: Error): boolean {
  const code = codeOf(error);
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

function refusalOf(error: Error): DomainError {
  if (error instanceof DomainError) return error;
  if (codeOf(error) === 'UND_ERR_HEADERS_TIMEOUT') {
    return new DomainError('timeout', 'service.timeout', 'The answer takes too long. Try again later.', {
      cause: error,
    });
  }
  return new DomainError('unavailable', 'service.unavailable', 'This part is away for a moment. Try again.', {
    cause: error,
    retryAfterSeconds: 2,
  });
}
