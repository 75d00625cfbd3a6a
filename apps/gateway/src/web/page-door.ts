import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TenantBrand } from '#libs/contracts/tenants';
import { asDomainError, statusOfKind } from '#libs/service';
import { DomainError } from '#libs/kernel';
import type { DirectoryTenant } from '#libs/sharding';
import type { DirectoryTenants } from '../edge/directory-tenants.js';
import { readArrival, readTrace, type Arrival, type ArrivalReader } from '../edge/arrival.js';
import { answerProblem } from '../edge/problem-answer.js';
import { requireSaneUrl } from '../edge/request-url.js';
import { apiHeaders, pageHeaders } from '../edge/response-headers.js';
import type { Trace } from '../edge/trace.js';
import type { ApiDescription } from '../openapi/api-description.js';
import { docsPage } from '../openapi/docs-page.js';
import { brandFromDirectory, type Brands } from './brands.js';
import { manifestOf } from './manifest.js';
import { demoPage, errorPage, type ErrorPageBrand } from './own-pages.js';
import { pageHead, type PagePayload } from './page-head.js';
import type { PageTemplate } from './page-template.js';
import { encodingFor, type SiteFile } from './site-files.js';

export interface PageDoorOptions {
  readonly arrivals: ArrivalReader;
  readonly tenants: Pick<DirectoryTenants, 'byId' | 'claimOf' | 'ofHost'>;
  readonly brands: Brands;
  readonly template: PageTemplate;
  readonly description: ApiDescription;
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Under which every academy has its subdomain. */
  readonly baseDomain: string;
  /** The tenants that the bare host shows, or null where it shows nothing. */
  readonly demoTenants: (() => Promise<readonly DirectoryTenant[]>) | null;
  readonly failed: (error: unknown, trace: Trace) => void;
}

const DOCS = '/api/docs';
const MANIFEST = '/manifest.webmanifest';

/** What is known of the academy that a page cannot be shown of. */
interface Known {
  arrival: Arrival | null;
  brand: ErrorPageBrand | null;
  home: string | null;
}

const OPERATORS = { mode: 'operator', name: 'Harka control centre' } as const;

/** Everything that is not the API: the files of the web app, and its page in the brand of the host's tenant. */
export class PageDoor {
  constructor(private readonly options: PageDoorOptions) {}

  async open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { arrivals } = this.options;
    const trace = readTrace(request, arrivals.tracer);
    const state: Known = { arrival: null, brand: null, home: null };
    try {
      requireSaneUrl(request.url ?? '');
      const arrival = (state.arrival = readArrival(request, trace, arrivals));
      const path = new URL(request.url ?? '/', 'http://host').pathname;
      const file = this.options.files.get(path);
      if (file !== undefined) await sendFile(file, request, response, arrival);
      else await this.openPage(path, request, response, arrival, state);
    } catch (error) {
      this.refuse(request, response, { error, trace, ...state });
    }
  }

  private async openPage(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    arrival: Arrival,
    state: Known,
  ): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw nothingHere();
    // A file that is not there is no page of the app, else a browser would run HTML as a script.
    if (path !== MANIFEST && /\.[a-z0-9]{1,8}$/i.test(path)) throw nothingHere();
    if (arrival.host.kind === 'bare') {
      await this.openBareHost(path, request, response, arrival);
      return;
    }
    const tenant = await this.options.tenants.ofHost(arrival.host);
    const payload: PagePayload =
      tenant === undefined ? OPERATORS : await this.brandOf(tenant, arrival, state);
    if (path === MANIFEST) {
      sendManifest(request, response, manifestOf(payload), arrival);
      return;
    }
    const nonce = newNonce();
    const html = path === DOCS ? this.docs(payload, nonce) : this.app(payload, nonce);
    sendPage(request, response, { status: 200, html, nonce, trace: arrival, secure: arrival.secure });
  }

  private app(payload: PagePayload, nonce: string): string {
    const language = 'locale' in payload ? payload.locale : 'en';
    return this.options.template.render(pageHead(payload, nonce), language, nonce);
  }

  private docs(payload: PagePayload, nonce: string): string {
    if ('mode' in payload) return docsPage(this.options.description.document('operator'), null, nonce);
    const brand = { name: payload.name, ...payload.branding };
    return docsPage(this.options.description.document('tenant'), brand, nonce);
  }

  private async brandOf(
    tenant: DirectoryTenant | null,
    arrival: Arrival,
    state: Known,
  ): Promise<TenantBrand> {
    if (tenant?.status === 'active') return this.options.brands.of(tenant);
    if (tenant === null) await this.refuseClaimed(arrival, state);
    if (tenant?.status !== 'suspended') {
      throw new DomainError('not_found', 'tenant.not_found', 'No academy is known at this address.');
    }
    const { name, branding } = brandFromDirectory(tenant);
    state.brand = { name, ...branding };
    throw new DomainError(
      'forbidden',
      'tenant.suspended',
      'This academy is suspended. Ask its administrator.',
    );
  }

  /** A host that was announced and is not proved tells nobody whose it is to be; one that lapsed was proved once. */
  private async refuseClaimed(arrival: Arrival, state: Known): Promise<void> {
    const claim = await this.options.tenants.claimOf(arrival.host);
    if (claim?.state === 'pending') {
      throw new DomainError('not_found', 'domain.pending', 'This address is being set up.');
    }
    const tenant = claim === null ? null : await this.options.tenants.byId(claim.tenantId);
    if (tenant?.status !== 'active') return;
    const { name, branding } = brandFromDirectory(tenant);
    const port = /:\d+$/.exec(arrival.hostHeader)?.[0] ?? '';
    state.brand = { name, ...branding };
    state.home = `${arrival.secure ? 'https' : 'http'}://${tenant.slug}.${this.options.baseDomain}${port}/`;
    throw new DomainError('not_found', 'domain.lapsed', 'This address does not lead here any more.');
  }

  private async openBareHost(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    arrival: Arrival,
  ): Promise<void> {
    if (this.options.demoTenants === null || path !== '/') throw nothingHere();
    const nonce = newNonce();
    const html = demoPage(await this.options.demoTenants(), arrival, nonce);
    sendPage(request, response, { status: 200, html, nonce, trace: arrival, secure: arrival.secure });
  }

  private refuse(
    request: IncomingMessage,
    response: ServerResponse,
    failure: Known & { error: unknown; trace: Trace },
  ): void {
    const { error, trace, arrival, brand, home } = failure;
    const domainError = asDomainError(error);
    if (domainError === undefined) this.options.failed(error, trace);
    const secure = arrival?.secure ?? false;
    if (request.headers.accept?.includes('text/html') !== true) {
      answerProblem(request, response, domainError, trace.requestId, apiHeaders(secure));
      return;
    }
    const nonce = newNonce();
    const status = domainError === undefined ? 500 : statusOfKind(domainError.kind);
    const html = errorPage(
      { status, code: domainError?.code ?? 'internal.error', requestId: trace.requestId, brand, home },
      nonce,
    );
    sendPage(request, response, { status, html, nonce, trace, secure });
  }
}

function nothingHere(): DomainError {
  return new DomainError('not_found', 'request.route_not_found', 'There is nothing at this path.');
}

function sendManifest(
  request: IncomingMessage,
  response: ServerResponse,
  manifest: string,
  { requestId, secure }: Arrival,
): void {
  const body = Buffer.from(manifest);
  const headers = ['content-type', 'application/manifest+json', 'content-length', String(body.length)];
  headers.push('cache-control', 'public, max-age=300', 'x-request-id', requestId, ...apiHeaders(secure));
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
}

function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  page: { status: number; html: string; nonce: string; trace: Trace; secure: boolean },
): void {
  const body = Buffer.from(page.html);
  response.writeHead(page.status, [
    'content-type',
    'text/html; charset=utf-8',
    'content-length',
    String(body.length),
    'cache-control',
    'no-store',
    'x-request-id',
    page.trace.requestId,
    ...pageHeaders(page.secure, page.nonce),
  ]);
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function sendFile(
  file: SiteFile,
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, secure }: Arrival,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw nothingHere();
  const encoding = file.compressible
    ? encodingFor(request.headers['accept-encoding']?.toString())
    : 'identity';
  const headers = ['etag', file.etag, 'x-request-id', requestId, ...apiHeaders(secure)];
  headers.push(
    'cache-control',
    file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
  );
  if (file.compressible) headers.push('vary', 'accept-encoding');
  if (request.headers['if-none-match']?.includes(file.etag) === true) {
    response.writeHead(304, headers).end();
    return;
  }
  const body = await file.body(encoding);
  if (encoding !== 'identity') headers.push('content-encoding', encoding);
  headers.push('content-type', file.contentType, 'content-length', String(body.length));
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
}
