import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DomainError } from '#libs/kernel';
import { problemOf } from '#libs/service';

/** How long the rest of a refused body is read and thrown away, so that its sender gets to see the refusal. */
const LINGER = 1_000;

/** Ends a request with a problem (RFC 9457); undefined is a fault of ours. */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: DomainError | undefined,
  requestId: string,
  headers: readonly string[],
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const problem = problemOf(error, requestId);
  const body = Buffer.from(JSON.stringify(problem));
  const list = ['content-type', 'application/problem+json', 'content-length', String(body.length)];
  list.push('cache-control', 'no-store', 'x-request-id', requestId, ...headers);
  if (error?.retryAfterSeconds !== undefined) {
    list.push('retry-after', String(Math.ceil(error.retryAfterSeconds)));
  }
  if (problem.status === 401) list.push('www-authenticate', 'Bearer');
  if (request.complete || !hasBody(request)) {
    response.writeHead(problem.status, list).end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  response.writeHead(problem.status, [...list, 'connection', 'close']).write(body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER);
  request.once('end', end).once('error', end).resume();
}

export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
