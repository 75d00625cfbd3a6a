import { DomainError } from '#libs/kernel';
import { termsOf } from '#libs/entitlements';
import type { TenantRef } from '#libs/tenancy';
import type { HeaderList } from '../edge/response-headers.js';
import type { Verdict, WindowLimiter } from './window-limiter.js';

export interface RequestLimitsOptions {
  readonly limiter: Pick<WindowLimiter, 'takeNow' | 'take'>;
  /** What one address may ask without signing in, a minute. */
  readonly visitorRequests: number;
  /** Passwords, mailed tokens and the like that one address may try in one academy, a minute. */
  readonly guesses: number;
}

/**
 * Requests per minute: of a tenant by its plan, of one address. Visitors share half of their tenant's budget, so that no
 * stranger can use up what its people need.
 */
export class RequestLimits {
  constructor(private readonly options: RequestLimitsOptions) {}

  /** @throws DomainError `limit.requests_exceeded` */
  async ofMemberIn({ id, plan }: TenantRef): Promise<HeaderList> {
    const limit = termsOf(plan).limits.requestsPerMinute;
    if (limit === null) return [];
    return this.headersOf('tenant', await this.take(id, limit));
  }

  /** @throws DomainError `limit.requests_exceeded` */
  async ofVisitorIn(tenant: TenantRef, ip: string): Promise<HeaderList> {
    await this.ofVisitor(ip);
    const limit = termsOf(tenant.plan).limits.requestsPerMinute;
    if (limit === null) return [];
    this.headersOf('visitors', await this.take(`${tenant.id}:visitors`, Math.ceil(limit / 2)));
    return this.ofMemberIn(tenant);
  }

  /** What identity providers ask is counted by itself: whoever floods it takes nothing from the people. */
  async ofProvisioningIn({ id, plan }: TenantRef): Promise<HeaderList> {
    const limit = termsOf(plan).limits.requestsPerMinute;
    if (limit === null) return [];
    return this.headersOf('provisioning', await this.take(`${id}:scim`, limit));
  }

  /** @throws DomainError `limit.requests_exceeded` */
  async ofVisitor(ip: string): Promise<HeaderList> {
    return this.headersOf('address', await this.take(`visitor:${network(ip)}`, this.options.visitorRequests));
  }

  /** @throws DomainError `limit.requests_exceeded` */
  async ofGuess(place: string, ip: string): Promise<void> {
    this.headersOf('sign-in', await this.take(`guess:${place}:${network(ip)}`, this.options.guesses));
  }

  private async take(key: string, limit: number): Promise<Verdict> {
    return this.options.limiter.takeNow(key, limit) ?? this.options.limiter.take(key, limit);
  }

  private headersOf(policy: string, verdict: Verdict): HeaderList {
    const headers = rateLimitHeaders(policy, verdict);
    if (verdict.allowed) return headers;
    throw new TooManyRequests(verdict.resetSeconds, headers);
  }
}

/** Carries the headers that its answer must have. */
export class TooManyRequests extends DomainError {
  constructor(
    resetSeconds: number,
    readonly headers: HeaderList,
  ) {
    super(
      'rate_limited',
      'limit.requests_exceeded',
      'Too many requests in this minute. Try again a little later.',
      {
        retryAfterSeconds: resetSeconds,
      },
    );
  }
}

/** draft-ietf-httpapi-ratelimit-headers. */
function rateLimitHeaders(policy: string, { limit, remaining, resetSeconds }: Verdict): HeaderList {
  return [
    'ratelimit-policy',
    `"${policy}";q=${limit};w=60`,
    'ratelimit',
    `"${policy}";r=${Math.max(0, Math.floor(remaining))};t=${resetSeconds}`,
  ];
}

/** IPv6 addresses are had by the billion: what counts is the network that a household gets. */
function network(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = head.split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length;
  const all = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')];
  return `${all.slice(0, 4).join(':')}::/64`;
}
