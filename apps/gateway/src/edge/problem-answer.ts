import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DomainError } from '#libs/kernel';
import { problemOf, spokenError } from '#libs/service';
import { endAfterBody, isStillSending } from './unread-body.js';

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
  const { type, text } = spokenError(problem, request.url ?? '/');
  const body = Buffer.from(text);
  const list = ['content-type', type, 'content-length', String(body.length)];
  list.push('cache-control', 'no-store', 'x-request-id', requestId, ...headers);
  if (error?.retryAfterSeconds !== undefined) {
    list.push('retry-after', String(Math.ceil(error.retryAfterSeconds)));
  }
  if (problem.status === 401) list.push('www-authenticate', 'Bearer');
  if (isStillSending(request)) {
    response.writeHead(problem.status, [...list, 'connection', 'close']).write(body);
    endAfterBody(request, response);
  } else {
    response.writeHead(problem.status, list).end(request.method === 'HEAD' ? undefined : body);
  }
}
