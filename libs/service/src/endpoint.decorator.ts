import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  UseInterceptors,
} from '@nestjs/common';
import type { Endpoint as Contract, EndpointInput, EndpointResult } from '#libs/contracts';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import type { Reply, Download } from './reply.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What `@Input()` gives: filled before the handler runs. */
    endpointInput?: InputOf<Contract>;
  }
}

/** What a handler is given: everything parsed by the contract. */
export type InputOf<E extends Contract> = EndpointInput<E> & {
  /** The inner text of If-Match where the contract asks for it: the version that the caller saw. */
  readonly ifMatch: string;
  /** The body of an upload, unread, and the headers that describe it. */
  readonly stream: Readable;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The query as it came, for signatures over it. */
  readonly rawQuery: string;
  /** `https` where the outermost connection was encrypted. */
  readonly scheme: 'http' | 'https';
  /** The host as the caller named it, port included. */
  readonly host: string;
};

/** What a handler gives back. */
export type ResultOf<E extends Contract> = E extends { download: true }
  ? Download
  : EndpointResult<E> | Reply<EndpointResult<E>>;

const methods = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
  PATCH: RequestMethod.PATCH,
  DELETE: RequestMethod.DELETE,
} as const;

/** Makes a controller's method the handler of an endpoint: its route, status and access, all from the contract. */
export function Endpoint(contract: Contract): MethodDecorator {
  const decorators = [
    RequestMapping({ method: methods[contract.method], path: [contract.path, ...(contract.aliases ?? [])] }),
    HttpCode(statusOf(contract)),
  ];
  // A remembered answer would keep the secret, and a remembered request a fast hash of a password.
  if (contract.method !== 'GET' && contract.upload !== true && contract.secret !== true) {
    decorators.push(UseInterceptors(IdempotencyInterceptor));
  }
  return applyDecorators(...decorators);
}

/** What came in, parsed by the contract of the endpoint. */
export const Input = createParamDecorator((_, context) => {
  return context.switchToHttp().getRequest<FastifyRequest>().endpointInput;
});

export function statusOf({ status, response, download }: Contract): number {
  return status ?? (response === null && download !== true ? 204 : 200);
}
