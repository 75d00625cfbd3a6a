import type { IncomingMessage, ServerResponse } from 'node:http';
import { csrfToken, openApiDocument } from '#libs/contracts/gateway';
import type { Readiness } from '#libs/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CsrfTokens } from '../identity/csrf.js';
import type { ApiDescription } from '../openapi/api-description.js';
import type { PageDoor } from '../web/page-door.js';
import { noSuchRoute } from './admission.js';
import type { ApiDoor, OwnAnswer } from './api-door.js';
import { readTrace } from './arrival.js';
import { apiHeaders } from './response-headers.js';
import { edgeRoutes, type EdgeRoute } from './route-table.js';
import type { Tracer } from './trace.js';

export interface EdgeRoutesOptions {
  readonly api: ApiDoor;
  readonly pages: PageDoor;
  readonly description: ApiDescription;
  readonly csrf: CsrfTokens;
  readonly readiness: Pick<Readiness, 'missing'>;
  readonly tracer: Tracer;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** All routes of the public port. Bodies are never parsed here: they pass through. */
export function edgePlugin(options: EdgeRoutesOptions) {
  const { api, pages, readiness, tracer } = options;
  const own = ownAnswers(options);
  return async (server: FastifyInstance): Promise<void> => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', (_request, _payload, done) => {
      done(null);
    });
    const page = raw((request, response) => pages.open(request, response));
    const preflights = new Set<string>();
    for (const route of edgeRoutes) {
      const { method, path, aliases = [], id } = route.endpoint;
      const answer = own.get(id);
      const handler = raw((request, response) => open(api, route, request, response, answer));
      for (const url of [path, ...aliases]) server.route({ method, url, handler });
      if (route.endpoint.access === 'oauth') preflights.add(path);
    }
    for (const url of preflights) server.options(url, raw(allowApps));
    server.get('/api/docs', page);
    server.get(
      '/healthz',
      raw((request, response) => {
        sendStatus(request, response, tracer, 200, { status: 'alive' });
      }),
    );
    server.get(
      '/readyz',
      raw(async (request, response) => {
        const missing = await readiness.missing();
        const ready = missing.length === 0;
        sendStatus(
          request,
          response,
          tracer,
          ready ? 200 : 503,
          ready ? { status: 'ready' } : { status: 'not ready', missing },
        );
      }),
    );
    const nothing = raw((request, response) => {
      api.refuse(request, response, noSuchRoute(), readTrace(request, tracer), false);
    });
    for (const url of ['/api', '/api/*', '/scim/*', '/internal/*']) server.all(url, nothing);
    server.all('/*', page);
  };
}

/**
 * Programs in browsers ask beforehand whether they may show a token. Whether they may read the answer is said by the
 * answer, which knows the app.
 */
function allowApps(_request: IncomingMessage, response: ServerResponse): void {
  response
    .writeHead(204, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '3600',
    })
    .end();
}

async function open(
  api: ApiDoor,
  route: EdgeRoute,
  request: IncomingMessage,
  response: ServerResponse,
  answer: OwnAnswer | undefined,
): Promise<void> {
  return answer === undefined
    ? api.forward(route, request, response)
    : api.answer(route, request, response, answer);
}

function ownAnswers({ csrf, description }: EdgeRoutesOptions): ReadonlyMap<string, OwnAnswer> {
  return new Map<string, OwnAnswer>([
    [csrfToken.id, ({ passport }) => ({ token: csrf.issue(passport.actor.sessionId) })],
    [openApiDocument.id, (_, { host }) => description.json(host.kind === 'admin' ? 'operator' : 'tenant')],
  ]);
}

/** Fastify finds the route; from there on it is Node's own request and response. */
function raw(answer: Answer) {
  return (request: FastifyRequest, reply: FastifyReply): void => {
    reply.hijack();
    void answer(request.raw, reply.raw);
  };
}

function sendStatus(
  request: IncomingMessage,
  response: ServerResponse,
  tracer: Tracer,
  status: number,
  answer: unknown,
): void {
  const body = Buffer.from(JSON.stringify(answer));
  const { requestId } = readTrace(request, tracer);
  response
    .writeHead(status, [
      'content-type',
      'application/json; charset=utf-8',
      'content-length',
      String(body.length),
      'cache-control',
      'no-store',
      'x-request-id',
      requestId,
      ...apiHeaders(false),
    ])
    .end(request.method === 'HEAD' ? undefined : body);
}
