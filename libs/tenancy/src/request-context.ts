import { AsyncLocalStorage } from 'node:async_hooks';
import type { Permission, Plan, Role, ServiceName, TenantStatus } from '#libs/contracts';
import { DomainError, newId } from '#libs/kernel';

/** The tenant that a request or a job is about. */
export interface TenantRef {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: Plan;
  readonly status: TenantStatus;
}

/** Somebody who acts in the name of another (`act` of RFC 8693). */
export interface ActingOperator {
  readonly id: string;
  readonly name: string;
}

/** Who acts. `id` is the user's, key's or operator's; a service acts under its own name. */
export interface Actor {
  readonly kind: 'user' | 'api_key' | 'operator' | 'service' | 'anonymous';
  readonly id: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  readonly sessionId: string | null;
  /** Seconds since 1970 until when the last proof is good for what asks for a step-up; absent where none is demanded. */
  readonly stepUpUntil?: number | undefined;
  /** The operator who acts as this user; absent where the user acts himself. */
  readonly by?: ActingOperator | undefined;
}

export const anonymous: Actor = {
  kind: 'anonymous',
  id: null,
  name: null,
  email: null,
  role: null,
  permissions: [],
  sessionId: null,
};

export interface RequestContext {
  /** Null on the admin host and on the bare host. */
  readonly tenant: TenantRef | null;
  readonly actor: Actor;
  readonly requestId: string;
  /** W3C trace context. */
  readonly traceparent: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<R>(context: RequestContext, work: () => R): R {
  return storage.run(context, work);
}

export function currentContext(): RequestContext {
  const context = storage.getStore();
  if (context === undefined) throw new Error('No request context: enter one with runInContext first.');
  return context;
}

/** As `currentContext`, for code that also runs where there is none (logging, metrics). */
export function contextIfAny(): RequestContext | undefined {
  return storage.getStore();
}

/** @throws DomainError `tenant.not_found` */
export function currentTenant(): TenantRef {
  const { tenant } = currentContext();
  if (tenant === null) {
    throw new DomainError('not_found', 'tenant.not_found', 'No academy is known at this address.');
  }
  return tenant;
}

export function currentActor(): Actor {
  return currentContext().actor;
}

/** The id of the signed-in user. @throws DomainError `auth.sign_in_required` */
export function requireUserId(): string {
  const actor = currentActor();
  if (actor.kind === 'user' && actor.id !== null) return actor.id;
  throw new DomainError('unauthenticated', 'auth.sign_in_required', 'Sign in as a person to do this.');
}

/** Runs work of a service itself (a job, a projection) in a tenant. */
export function runAsService<R>(tenant: TenantRef, service: ServiceName, work: () => R): R {
  const requestId = contextIfAny()?.requestId ?? newId();
  const actor: Actor = { ...anonymous, kind: 'service', id: service, name: service };
  return runInContext({ tenant, actor, requestId, traceparent: null, ip: null, userAgent: null }, work);
}
