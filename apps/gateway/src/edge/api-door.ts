import type { IncomingMessage, ServerResponse } from 'node:http';
import { sessionCookies } from '#libs/contracts/auth';
import { asDomainError, type ServiceUrls } from '#libs/service';
import { answeredHeaders, forwardedHeaders } from '../forward/forwarded-headers.js';
import type { Forwarder } from '../forward/forwarder.js';
import { limitedBody } from '../forward/limited-body.js';
import type { ContextTokens } from '../identity/context-tokens.js';
import { TooManyRequests } from '../limit/request-limits.js';
import type { TenantTraffic } from '../usage/tenant-traffic.js';
import type { Admission, Visit } from './admission.js';
import { readArrival, readTrace, type Arrival, type ArrivalReader } from './arrival.js';
import { answerProblem } from './problem-answer.js';
import { requirePlainBody, requireSaneUrl } from './request-url.js';
import { apiHeaders } from './response-headers.js';
import type { EdgeRoute } from './route-table.js';
import type { Trace } from './trace.js';
import { hasBody } from './unread-body.js';

export interface ApiDoorOptions {
  readonly arrivals: ArrivalReader;
  readonly admission: Admission;
  readonly contexts: ContextTokens;
  readonly forwarder: Forwarder;
  readonly traffic: TenantTraffic;
  /** Hears of each request that was let in. */
  readonly used: (tenantId: string) => void;
  /** Hears of what went wrong on our side. */
  readonly failed: (error: unknown, trace: Trace) => void;
}

/** What the gateway answers by itself to somebody who was let in: a value, or JSON that is written already. */
export type OwnAnswer = (visit: Visit, arrival: Arrival) => unknown;

type Proceed = (visit: Visit, arrival: Arrival, headers: readonly string[]) => Promise<void>;

/** One API request: let in, carried to its service or answered here, counted. */
export class ApiDoor {
  constructor(private readonly options: ApiDoorOptions) {}

  /** @param target the path to ask the service for, where it is not the one that came */
  async forward(
    route: EdgeRoute,
    request: IncomingMessage,
    response: ServerResponse,
    target = request.url ?? '/',
  ): Promise<void> {
    const { service, method } = route.endpoint;
    await this.enter(route, request, response, async ({ passport, tenant }, arrival, own) => {
      const body = route.mutating && hasBody(request) ? limitedBody(request, route.bodyLimit) : null;
      const context = await this.options.contexts.of(passport, tenant, service);
      this.options.forwarder.forward({
        service: service as keyof ServiceUrls,
        method,
        path: target,
        headers: forwardedHeaders(request.headers, arrival, route.endpoint, context, body !== null),
        body,
        request,
        response,
        answered: (answer) => answeredHeaders(answer, service, own),
        failed: (error) => {
          this.refuse(request, response, error, arrival, arrival.secure);
        },
      });
    });
  }

  /** Answers without a service. */
  async answer(
    route: EdgeRoute,
    request: IncomingMessage,
    response: ServerResponse,
    answer: OwnAnswer,
  ): Promise<void> {
    await this.enter(route, request, response, async (visit, arrival, own) => {
      const value = answer(visit, arrival);
      const body = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
      const headers = [
        'content-type',
        'application/json; charset=utf-8',
        'content-length',
        String(body.length),
      ];
      response.writeHead(200, [...headers, ...own]).end(body);
    });
  }

  /** Ends a request that is not let in, or whose service failed. */
  refuse(
    request: IncomingMessage,
    response: ServerResponse,
    error: unknown,
    trace: Trace,
    secure: boolean,
  ): void {
    const domainError = asDomainError(error);
    if (domainError === undefined) this.options.failed(error, trace);
    const headers = [...apiHeaders(secure)];
    if (domainError instanceof TooManyRequests) headers.push(...domainError.headers);
    if (domainError?.code === 'tenant.mismatch' && request.headers.cookie !== undefined) {
      // A cookie that strayed here (a domain that changed hands) would lock its owner out until it runs out.
      headers.push('set-cookie', endedSession(secure));
    }
    answerProblem(request, response, domainError, trace.requestId, headers);
  }

  private async enter(
    route: EdgeRoute,
    request: IncomingMessage,
    response: ServerResponse,
    proceed: Proceed,
  ): Promise<void> {
    const { arrivals, admission, traffic, used } = this.options;
    const trace = readTrace(request, arrivals.tracer);
    let secure = false;
    try {
      requireSaneUrl(request.url ?? '');
      requirePlainBody(request);
      const arrival = readArrival(request, trace, arrivals);
      secure = arrival.secure;
      const visit = await admission.admit(route, request.headers, arrival, (tenant) => {
        traffic.enter(tenant.id, route.endpoint.path, response);
      });
      if (visit.tenant !== null) used(visit.tenant.id);
      const own = ['x-request-id', trace.requestId, 'cache-control', 'no-store', ...apiHeaders(secure)];
      await proceed(visit, arrival, [...own, ...visit.limits]);
    } catch (error) {
      this.refuse(request, response, error, trace, secure);
    }
  }
}

function endedSession(secure: boolean): string {
  const name = sessionCookies(secure ? 'https' : 'http').session;
  return `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? '; Secure' : ''}`;
}
