import { newId } from '#libs/kernel';
import { anonymous, UnitOfWork, type Actor, type RequestContext, type TenantRef } from '#libs/tenancy';

/** Runs the work and remembers how often; there is no transaction to join in a unit test. */
export class FakeUnitOfWork extends UnitOfWork {
  runs = 0;

  async run<R>(work: () => Promise<R>): Promise<R> {
    this.runs += 1;
    return work();
  }
}

export function aTenant(overrides: Partial<TenantRef> = {}): TenantRef {
  return { id: newId(), slug: 'acme', name: 'Acme Works', plan: 'starter', status: 'active', ...overrides };
}

export function aUser(overrides: Partial<Actor> = {}): Actor {
  return {
    ...anonymous,
    kind: 'user',
    id: newId(),
    name: 'A learner',
    email: 'learner@acme.example',
    role: 'learner',
    permissions: ['courses.read', 'enrolments.self'],
    sessionId: newId(),
    ...overrides,
  };
}

export function aContext(overrides: Partial<RequestContext> = {}): RequestContext {
  return {
    tenant: aTenant(),
    actor: aUser(),
    requestId: newId(),
    traceparent: null,
    ip: '127.0.0.1',
    userAgent: 'test',
    ...overrides,
  };
}
