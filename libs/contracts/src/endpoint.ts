import type { z } from 'zod';
import type { Permission } from './role.js';
import type { ServiceName } from './service-name.js';

/**
 * Who may call: anybody, any signed-in user of the tenant, whoever holds the permission, an operator on the admin host,
 * only another service (the gateway never routes these), an identity provider with a SCIM token, or an app with its own
 * secret or token (`oauth`); what the last two show, auth itself checks.
 */
export type Access = 'public' | 'member' | 'operator' | 'service' | 'scim' | 'oauth' | Permission;

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One route: its place, who may call it, and the shape of all that goes in and out. */
export interface Endpoint {
  /** `service.noun.verb`, unique; the operationId of the OpenAPI document. */
  readonly id: string;
  readonly service: ServiceName;
  readonly method: HttpMethod;
  /** With `:name` for parameters. */
  readonly path: string;
  /** Further paths that behave alike (the exact ones of the founding documents). */
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The JSON answer, or null where there is none (204) or where it is not JSON (`download`). */
  readonly response: z.ZodType | null;
  /** Default 200, or 204 without a response. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The body is a raw stream that the handler reads itself. */
  readonly upload?: true;
  /** The answer is not JSON. */
  readonly download?: true;
  /** In bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  /** The answer carries an ETag. */
  readonly etag?: true;
  /** The request must carry If-Match. */
  readonly ifMatch?: true;
  /** The body or the answer holds a secret: nothing of them is remembered, so an Idempotency-Key has no effect. */
  readonly secret?: true;
  /** Other sites' pages and servers post here (a SAML answer, for one): what is posted proves itself. */
  readonly crossSite?: true;
  /** The person's own business (password, sessions, keys): refused while an operator acts as the person. */
  readonly personal?: true;
}

export const DEFAULT_BODY_LIMIT = 1024 * 1024;

/** Declares a route. Access cannot be left out: a route that nobody thought about does not compile. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}

type Part = 'params' | 'query' | 'body';
type Parsed<E, P extends Part> =
  E extends Readonly<Record<P, infer S extends z.ZodType>> ? z.output<S> : undefined;
type Given<E, P extends Part> =
  E extends Readonly<Record<P, infer S extends z.ZodType>> ? z.input<S> : undefined;

/** What a handler of the endpoint gets: everything parsed. */
export interface EndpointInput<E extends Endpoint> {
  readonly params: Parsed<E, 'params'>;
  readonly query: Parsed<E, 'query'>;
  readonly body: Parsed<E, 'body'>;
}

/** What a caller of the endpoint gives. */
export interface EndpointRequest<E extends Endpoint> {
  readonly params?: Given<E, 'params'>;
  readonly query?: Given<E, 'query'>;
  readonly body?: Given<E, 'body'>;
  /** The content of an `upload`. */
  readonly stream?: Uint8Array;
}

/** What a caller of the endpoint gets back. */
export type EndpointResponse<E extends Endpoint> = E['response'] extends z.ZodType
  ? z.output<E['response']>
  : undefined;

/** What a handler of the endpoint returns. */
export type EndpointResult<E extends Endpoint> = E['response'] extends z.ZodType
  ? z.input<E['response']>
  : undefined;
