import { permission, permissionsOfRole, type Permission } from '#libs/contracts';
import { apiKeyPrefix } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import type { ApiKeyRoute } from '#libs/sharding';
import { anonymous } from '#libs/tenancy';
import { createHash, timingSafeEqual } from 'node:crypto';
import { BoundedMap } from '../bounded-map.js';
import { passportOf, type Passport } from './passport.js';

/** Where keys are looked up: the directory, in memory and never older than a few seconds. */
export interface ApiKeyDirectory {
  apiKey(prefix: string): Promise<ApiKeyRoute | null>;
}

interface Known {
  readonly route: ApiKeyRoute;
  readonly passport: Passport;
}

export interface ApiKeysOptions {
  readonly directory: ApiKeyDirectory;
  readonly capacity?: number;
  readonly now?: () => number;
  /** Hears of each use. */
  readonly used?: (route: ApiKeyRoute) => void;
}

/** Verifies API keys. The directory is asked with every use, so a key that was taken back is refused as soon as it knows. */
export class ApiKeys {
  private readonly known: BoundedMap<string, Known>;
  /** Announced as revoked; the directory may learn of it a moment later. */
  private readonly revoked = new BoundedMap<string, true>(10_000);
  private readonly now: () => number;

  constructor(private readonly options: ApiKeysOptions) {
    this.known = new BoundedMap(options.capacity ?? 10_000);
    this.now = options.now ?? Date.now;
  }

  /** @throws DomainError `auth.api_key_invalid`, in the same words whatever is wrong with it */
  async verify(key: string): Promise<Passport> {
    const prefix = apiKeyPrefix(key);
    const route = prefix === null ? null : await this.options.directory.apiKey(prefix);
    if (route === null || !this.holds(route) || !matches(key, route)) throw keyInvalid();
    this.options.used?.(route);
    const known = this.known.get(key);
    if (known !== undefined && sameGrant(known.route, route)) return known.passport;
    const passport = passportOf(route.tenantId, {
      ...anonymous,
      kind: 'api_key',
      id: route.prefix,
      name: `API key ${route.prefix}`,
      role: route.role,
      permissions: grantOf(route),
    });
    this.known.set(key, { route, passport });
    return passport;
  }

  hearRevoked(prefix: string): void {
    this.revoked.set(prefix, true);
  }

  private holds({ prefix, revoked, expiresAt }: ApiKeyRoute): boolean {
    if (revoked || this.revoked.get(prefix) === true) return false;
    return expiresAt === null || expiresAt.getTime() > this.now();
  }
}

function matches(key: string, { hash }: ApiKeyRoute): boolean {
  const given = createHash('sha256').update(key).digest();
  return given.length === hash.length && timingSafeEqual(given, hash);
}

/** What the key was given, and never more than its role may do now. */
function grantOf({ scopes, role }: ApiKeyRoute): Permission[] {
  const ofRole = permissionsOfRole(role);
  return scopes.flatMap((scope) => {
    const parsed = permission.safeParse(scope);
    return parsed.success && ofRole.includes(parsed.data) ? [parsed.data] : [];
  });
}

function sameGrant(one: ApiKeyRoute, other: ApiKeyRoute): boolean {
  return one === other || (one.role === other.role && one.scopes.join() === other.scopes.join());
}

function keyInvalid(): DomainError {
  return new DomainError('unauthenticated', 'auth.api_key_invalid', 'The API key is not valid.');
}
