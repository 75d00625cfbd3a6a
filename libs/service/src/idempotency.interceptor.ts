import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { headers } from '#libs/contracts';
import { DomainError } from '#libs/kernel';
import { contextIfAny, type RequestContext } from '#libs/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { IdempotencyKeys, type RememberedAnswer } from './idempotency-keys.js';
import { Reply } from './reply.js';

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * A request with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) has its effect once: the key, the effect and the answer
 * are one transaction, and who asks again gets the first answer.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly keys: IdempotencyKeys) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers[headers.idempotencyKey];
    const context = contextIfAny();
    if (
      typeof key !== 'string' ||
      context === undefined ||
      context.tenant === null ||
      context.actor.id === null
    ) {
      return next.handle();
    }
    if (!KEY.test(key)) {
      throw new DomainError(
        'invalid',
        'request.idempotency_key_invalid',
        'Idempotency-Key is 1 to 200 visible characters.',
      );
    }
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    return from(
      this.once(fingerprintOf(key, request, context), reply, async () => firstValueFrom(next.handle())),
    );
  }

  private async once(
    call: { readonly key: string; readonly request: string },
    reply: FastifyReply,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    const outcome = await this.keys.once(call.key, call.request, async () => {
      const answer = await handle();
      return answer instanceof Reply
        ? {
            body: answer.body as unknown,
            etag: answer.options.etag ?? null,
            status: answer.options.status ?? null,
          }
        : { body: answer, etag: null, status: null };
    });
    if (outcome.replayed) void reply.header('idempotency-replayed', 'true');
    return replyOf(outcome.answer);
  }
}

function replyOf({ body, etag, status }: RememberedAnswer): Reply<unknown> {
  return new Reply(body ?? undefined, {
    ...(etag === null ? {} : { etag }),
    ...(status === null ? {} : { status }),
  });
}

function fingerprintOf(key: string, request: FastifyRequest, { actor }: RequestContext) {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const { method, url } = request;
  const body = JSON.stringify(request.body ?? null);
  return {
    key: digest(JSON.stringify([actor.kind, actor.id, key])),
    request: digest(JSON.stringify([method, url, request.headers['if-match'] ?? null, body])),
  };
}
