import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { headers } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { contextIfAny } from '#libs/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { asDomainError, problemOf, spokenError } from './problem.js';

/** The one place where an error becomes HTTP. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const context = contextIfAny() ?? request.harkaContext;
    const incoming = request.headers[headers.requestId];
    const requestId = context?.requestId ?? (typeof incoming === 'string' ? incoming : newId());
    const domainError = asDomainError(error);
    if (domainError === undefined) {
      this.logger.error(
        { err: error, requestId, tenant: context?.tenant?.id, route: request.routeOptions.url },
        'request failed',
      );
    }
    if (reply.sent) return;
    if (domainError?.retryAfterSeconds !== undefined) {
      reply.header('retry-after', Math.ceil(domainError.retryAfterSeconds));
    }
    const problem = problemOf(domainError, requestId);
    const { type, text } = spokenError(problem, request.url);
    void reply.status(problem.status).header('content-type', type).send(text);
  }
}
