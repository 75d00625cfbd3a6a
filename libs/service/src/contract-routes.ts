import { DEFAULT_BODY_LIMIT, headers, stepUpPermissions, type Endpoint } from '#libs/contracts';
import { DomainError, newId, type Fault } from '#libs/kernel';
import {
  anonymous,
  runInContext,
  type Actor,
  type ContextVerifier,
  type RequestContext,
} from '#libs/tenancy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { InputOf } from './endpoint.decorator.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: Endpoint;
  }
  interface FastifyRequest {
    harkaContext?: RequestContext;
  }
}

/**
 * Puts the contracts before the handlers: each route gets its endpoint's body limit, each request its verified context, the check of
 * access and its parsed input. A route without a contract, or a contract without a route, stops the service from starting.
 */
export class ContractRoutes {
  private readonly open: Map<string, Endpoint>;
  private readonly strangers: string[] = [];
  private readonly answered = new Set<string>();

  constructor(
    private readonly endpoints: readonly Endpoint[],
    private readonly verifier: ContextVerifier,
  ) {
    this.open = new Map(
      endpoints.flatMap((endpoint) =>
        [endpoint.path, ...(endpoint.aliases ?? [])].map(
          (path) => [`${endpoint.method} ${path}`, endpoint] as const,
        ),
      ),
    );
  }

  install(server: FastifyInstance): void {
    server.removeContentTypeParser('text/plain');
    // RFC 7644 3.1.
    server.addContentTypeParser(
      'application/scim+json',
      { parseAs: 'string' },
      server.getDefaultJsonParser('error', 'error'),
    );
    server.addContentTypeParser('*', (_request, payload, done) => {
      done(null, payload);
    });
    server.addHook('onRoute', (route) => {
      const methods = [route.method].flat().filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
      for (const method of methods) {
        const endpoint = this.open.get(`${method} ${route.url}`);
        if (endpoint === undefined) {
          this.strangers.push(`${method} ${route.url}`);
          continue;
        }
        this.answered.add(endpoint.id);
        route.config = { ...route.config, endpoint };
        route.bodyLimit = endpoint.bodyLimit ?? DEFAULT_BODY_LIMIT;
      }
    });
    server.addHook('onRequest', async (request) => {
      request.harkaContext = await this.contextOf(request);
      if (request.routeOptions.config.endpoint !== undefined) {
        admit(request.routeOptions.config.endpoint, request.harkaContext.actor);
      }
    });
    // Only after the body was read: its stream events would lose the context again.
    server.addHook('preHandler', (request, _reply, done) => {
      const { endpoint } = request.routeOptions.config;
      if (endpoint === undefined || request.harkaContext === undefined) {
        done();
        return;
      }
      try {
        request.endpointInput = inputOf(endpoint, request);
      } catch (error) {
        done(error as Error);
        return;
      }
      runInContext(request.harkaContext, done);
    });
  }

  /** @throws Error that names the routes without a contract and the contracts without a route. */
  check(service: string): void {
    const missing = this.endpoints.filter(({ id }) => !this.answered.has(id)).map(({ id }) => id);
    if (missing.length + this.strangers.length === 0) return;
    const faults = [
      ...missing.map((id) => `no handler for ${id}`),
      ...this.strangers.map((route) => `no contract for ${route}`),
    ];
    throw new Error(`Service ${service} does not keep its contracts: ${faults.join('; ')}.`);
  }

  private async contextOf(request: FastifyRequest): Promise<RequestContext> {
    const token = request.headers[headers.context];
    if (typeof token !== 'string') {
      throw new DomainError(
        'unauthenticated',
        'context.missing',
        'This service answers only through the gateway.',
      );
    }
    const { tenant, actor } = this.verifier.remembered(token) ?? (await this.verifier.verify(token));
    return {
      tenant,
      actor,
      requestId: headerText(request, headers.requestId) ?? newId(),
      traceparent: headerText(request, headers.traceparent),
      ip: headerText(request, headers.forwardedFor),
      userAgent: headerText(request, 'user-agent'),
    };
  }
}

/** @throws DomainError 401 where nobody is signed in, 403 where the permission is missing or an operator acts as somebody. */
export function admit({ access, personal, method }: Endpoint, actor: Actor = anonymous): void {
  if (personal === true && actor.by !== undefined) {
    throw new DomainError(
      'forbidden',
      'auth.acting_forbidden',
      'Whoever acts as somebody else may not touch passwords, sessions or keys.',
    );
  }
  // The token of an identity provider or of an app is looked at where it is kept.
  if (access === 'public' || access === 'scim' || access === 'oauth') return;
  if (actor.kind === 'anonymous') {
    throw new DomainError('unauthenticated', 'auth.sign_in_required', 'Sign in to do this.');
  }
  const may =
    access === 'member'
      ? actor.kind === 'user' || actor.kind === 'api_key'
      : access === 'operator' || access === 'service'
        ? actor.kind === access
        : actor.permissions.includes(access);
  if (!may) {
    throw new DomainError('forbidden', 'auth.permission_missing', `This needs the permission "${access}".`, {
      details: { permission: access },
    });
  }
  if (method !== 'GET' && isSteppedDown(actor) && stepUpPermissions.some((asking) => asking === access)) {
    throw new DomainError(
      'forbidden',
      'auth.step_up_required',
      'Prove once more that it is you (POST /api/v1/auth/step-up), then try again.',
    );
  }
}

/** The academy demands a proof of a moment ago, and there is none. */
function isSteppedDown({ kind, stepUpUntil }: Actor): boolean {
  return kind === 'user' && stepUpUntil !== undefined && stepUpUntil * 1000 <= Date.now();
}

function headerText(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

function inputOf(endpoint: Endpoint, request: FastifyRequest): InputOf<Endpoint> {
  const faults: Fault[] = [];
  const params = parsePart(endpoint.params, request.params, 'params/', faults);
  const query = parsePart(endpoint.query, request.query, 'query/', faults);
  const body = endpoint.upload === true ? undefined : parsePart(endpoint.body, bodyOf(request), '/', faults);
  const [first] = faults;
  if (first !== undefined) {
    throw new DomainError(
      'invalid',
      'request.invalid',
      `The request is not valid: ${first.pointer} ${first.detail}`,
      { faults },
    );
  }
  return {
    params,
    query,
    body,
    ifMatch: endpoint.ifMatch === true ? ifMatchOf(request) : '',
    stream: request.body instanceof Readable ? request.body : Readable.from([]),
    contentType: request.headers['content-type'] ?? 'application/octet-stream',
    headers: request.headers as Readonly<Record<string, string | undefined>>,
    rawQuery: request.url.includes('?') ? request.url.slice(request.url.indexOf('?') + 1) : '',
    scheme: headerText(request, headers.forwardedProto) === 'https' ? 'https' : 'http',
    host: headerText(request, headers.forwardedHost) ?? request.host,
  } as InputOf<Endpoint>;
}

function bodyOf(request: FastifyRequest): unknown {
  if (!(request.body instanceof Readable)) return request.body ?? undefined;
  throw new DomainError('unsupported', 'request.media_type', 'The body must be application/json.');
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function parsePart(schema: z.ZodType | undefined, value: unknown, prefix: string, faults: Fault[]): unknown {
  if (schema === undefined) {
    if (!isEmpty(value)) {
      faults.push({ pointer: prefix, code: 'unexpected', detail: 'is not expected here.' });
    }
    return undefined;
  }
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  faults.push(...result.error.issues.flatMap((issue) => faultsOf(issue, prefix)));
  return undefined;
}

function faultsOf(issue: z.core.$ZodIssue, prefix: string): Fault[] {
  const pointer = (path: readonly PropertyKey[]) =>
    prefix + path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: pointer(issue.path), code: issue.code, detail: `${issue.message}.` }];
  }
  return issue.keys.map((key) => ({
    pointer: pointer([...issue.path, key]),
    code: 'unknown_field',
    detail: 'is not a known field.',
  }));
}

function ifMatchOf(request: FastifyRequest): string {
  const header = headerText(request, 'if-match');
  if (header === null) {
    throw new DomainError(
      'precondition_required',
      'request.if_match_required',
      'Send the ETag of what you read as If-Match, so that no change of another is overwritten.',
    );
  }
  const tag = /^"([^"]{1,200})"$/.exec(header)?.[1];
  if (tag !== undefined) return tag;
  throw new DomainError(
    'invalid',
    'request.if_match_invalid',
    'If-Match must be one strong ETag, in quotes.',
  );
}
