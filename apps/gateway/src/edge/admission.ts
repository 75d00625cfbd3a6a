import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '#libs/kernel';
import { admit } from '#libs/service';
import {
  agreedTenantId,
  anonymous,
  requireServing,
  type NamedTenants,
  type TenantLookup,
  type TenantRef,
} from '#libs/tenancy';
import { BoundedMap } from '../bounded-map.js';
import type { Authenticator, Identified } from '../identity/authenticator.js';
import { isForeign, type CsrfTokens } from '../identity/csrf.js';
import { passportOf, type Passport } from '../identity/passport.js';
import type { RequestLimits } from '../limit/request-limits.js';
import type { Arrival } from './arrival.js';
import type { HeaderList } from './response-headers.js';
import type { EdgeRoute } from './route-table.js';

/** A request that may go on: whose it is, in which tenant, and what it is told about its limits. */
export interface Visit {
  readonly tenant: TenantRef | null;
  readonly passport: Passport;
  readonly limits: HeaderList;
}

export interface AdmissionOptions {
  readonly tenants: TenantLookup;
  readonly authenticator: Pick<Authenticator, 'member' | 'operator'>;
  readonly limits: RequestLimits;
  readonly csrf: CsrfTokens;
}

const KEPT_VISITORS = 20_000;

const nobody: Identified = { passport: null, byCookie: false };

/** Decides whether a request may go on: which tenant, who, how often, from where. In that order. */
export class Admission {
  /** One for each tenant, so that the contexts of visitors are signed once too. */
  private readonly visitors = new BoundedMap<string, Passport>(KEPT_VISITORS);
  private readonly stranger = passportOf(null, anonymous);

  constructor(private readonly options: AdmissionOptions) {}

  /**
   * @param known hears of the tenant as soon as it is certain, also when the request is refused afterwards
   * @throws DomainError as the first thing that is not right
   */
  async admit(
    route: EdgeRoute,
    headers: IncomingHttpHeaders,
    arrival: Arrival,
    known: (tenant: TenantRef) => void,
  ): Promise<Visit> {
    const onAdminHost = arrival.host.kind === 'admin';
    if (route.surface === (onAdminHost ? 'tenant' : 'operator')) throw noSuchRoute();
    return onAdminHost
      ? this.admitOperator(route, headers, arrival)
      : this.admitMember(route, headers, arrival, known);
  }

  private async admitOperator(
    route: EdgeRoute,
    headers: IncomingHttpHeaders,
    arrival: Arrival,
  ): Promise<Visit> {
    const identified = await this.options.authenticator.operator(headers, arrival.secure);
    const passport = identified.passport ?? this.stranger;
    if (passport === this.stranger) await this.options.limits.ofVisitor(arrival.ip);
    if (route.guessable) await this.options.limits.ofGuess('operator', arrival.ip);
    admit(route.endpoint, passport.actor);
    this.requireSameOrigin(route, headers, arrival, identified);
    return { tenant: null, passport, limits: [] };
  }

  private async admitMember(
    route: EdgeRoute,
    headers: IncomingHttpHeaders,
    arrival: Arrival,
    known: (tenant: TenantRef) => void,
  ): Promise<Visit> {
    const { host, ip, secure } = arrival;
    const ofHost = host.kind === 'subdomain' || host.kind === 'custom' ? await this.lookUp(host) : undefined;
    // Nobody's host: no use in looking at keys.
    if (ofHost === null) agreedTenantId({ subdomain: null });
    // An identity provider's token is not ours to read.
    const { access } = route.endpoint;
    const isScim = access === 'scim';
    // Nor is what an app shows.
    const shown =
      isScim || access === 'oauth' ? nobody : await this.options.authenticator.member(headers, secure);
    // No page is ever signed in at the bare host, so no cookie of it is anybody's.
    const identified: Identified =
      shown.byCookie && host.kind === 'bare' ? { passport: null, byCookie: false } : shown;
    const tenantId = agreedTenantId(namedTenants(host.kind, ofHost, identified));
    const tenant = requireServing(ofHost ?? (await this.options.tenants.byId(tenantId)));
    known(tenant);
    const passport = identified.passport ?? this.visitorOf(tenant);
    const limits = isScim
      ? await this.options.limits.ofProvisioningIn(tenant)
      : identified.passport === null
        ? await this.options.limits.ofVisitorIn(tenant, ip)
        : await this.options.limits.ofMemberIn(tenant);
    if (route.guessable) await this.options.limits.ofGuess(tenant.id, ip);
    admit(route.endpoint, passport.actor);
    this.requireSameOrigin(route, headers, arrival, identified);
    return { tenant, passport, limits };
  }

  private async lookUp(host: Arrival['host']): Promise<TenantRef | null> {
    if (host.kind === 'subdomain') return this.options.tenants.bySlug(host.slug);
    return this.options.tenants.byCustomDomain(host.name);
  }

  /** What a browser does by itself (send cookies, post forms) proves nothing about who asked it to. */
  private requireSameOrigin(
    { mutating, endpoint }: EdgeRoute,
    headers: IncomingHttpHeaders,
    { hostHeader }: Arrival,
    { passport, byCookie }: Identified,
  ): void {
    if (!mutating || endpoint.crossSite === true || (passport !== null && !byCookie)) return;
    const origin = { origin: headers.origin, fetchSite: first(headers['sec-fetch-site']), host: hostHeader };
    if (isForeign(origin)) {
      throw new DomainError('forbidden', 'auth.csrf_origin', 'Another site asked for this change.');
    }
    if (passport === null || endpoint.access === 'public') return;
    const token = first(headers['x-csrf-token']);
    if (this.options.csrf.holds(token, passport.actor.sessionId ?? '')) return;
    throw new DomainError(
      'forbidden',
      'auth.csrf_token',
      'Send the token of GET /api/v1/auth/csrf as X-CSRF-Token.',
    );
  }

  private visitorOf({ id }: TenantRef): Passport {
    const known = this.visitors.get(id);
    if (known !== undefined) return known;
    const passport = passportOf(id, anonymous);
    this.visitors.set(id, passport);
    return passport;
  }
}

function namedTenants(
  hostKind: Arrival['host']['kind'],
  ofHost: TenantRef | null | undefined,
  { apiKeyTenant, tokenTenant }: Identified,
): NamedTenants {
  return {
    ...(ofHost === undefined
      ? {}
      : { [hostKind === 'custom' ? 'customDomain' : 'subdomain']: ofHost?.id ?? null }),
    ...(apiKeyTenant === undefined ? {} : { apiKey: apiKeyTenant }),
    ...(tokenTenant === undefined ? {} : { token: tokenTenant }),
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

export function noSuchRoute(): DomainError {
  return new DomainError('not_found', 'request.route_not_found', 'There is nothing at this path.');
}
