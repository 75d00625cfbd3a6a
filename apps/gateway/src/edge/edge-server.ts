import type { Socket } from 'node:net';
import { newId } from '#libs/kernel';
import { asDomainError, problemOf } from '#libs/service';
import type { FastifyServerOptions } from 'fastify';
import { DomainError } from '#libs/kernel';
import { answerProblem } from './problem-answer.js';
import { apiHeaders } from './response-headers.js';

/** How the public server treats what never becomes a request: it is refused in the same words as all else. */
export const edgeServerOptions: FastifyServerOptions = {
  /** No byte for so long, either way: the connection is given up. */
  connectionTimeout: 120_000,
  /** For the whole request to come in; uploads are large, and slow ones are bounded by `connectionTimeout`. */
  requestTimeout: 30 * 60_000,
  keepAliveTimeout: 65_000,
  frameworkErrors: (error, request, reply) => {
    reply.hijack();
    answerProblem(request.raw, reply.raw, asDomainError(error), newId(), apiHeaders(false));
  },
  clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(rawProblem(refusals[error.code ?? ''] ?? malformed));
  },
};

interface RawRefusal {
  readonly status: number;
  readonly title: string;
  readonly error: DomainError;
}

const malformed: RawRefusal = {
  status: 400,
  title: 'Bad Request',
  error: new DomainError('invalid', 'request.malformed', 'The request is not well-formed HTTP.'),
};
const refusals: Readonly<Record<string, RawRefusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    title: 'Request Header Fields Too Large',
    error: new DomainError('invalid', 'request.headers_too_large', 'The headers are too large.'),
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    title: 'Request Timeout',
    error: new DomainError('timeout', 'request.too_slow', 'The request did not arrive in time.'),
  },
};

/** There is no response object yet, only a connection. */
function rawProblem({ status, title, error }: RawRefusal): string {
  const requestId = newId();
  const body = JSON.stringify({ ...problemOf(error, requestId), status, title });
  return [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
