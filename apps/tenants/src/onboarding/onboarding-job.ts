import { newId } from '#libs/kernel';
import { runAsService, runInContext, type TenantRef } from '#libs/tenancy';
import type { Bundle } from './bundle/bundle.js';
import type { Onboarding } from './onboarding.js';

/** One onboarding under way: what is done is kept at once, so that whoever goes on knows where. */
export class OnboardingJob {
  private tenantRef: TenantRef | null = null;

  constructor(
    private onboarding: Onboarding,
    readonly bundle: Bundle,
    private readonly keep: (onboarding: Onboarding) => Promise<void>,
    private readonly signal: AbortSignal,
  ) {}

  get now(): Onboarding {
    return this.onboarding;
  }

  /** Keeps a change. @throws LeaseLost | Interrupted */
  async save(change: Partial<Onboarding>): Promise<void> {
    this.onboarding = { ...this.onboarding, ...change, attempts: 0 };
    await this.keep(this.onboarding);
    this.signal.throwIfAborted();
  }

  async count(what: keyof Onboarding['progress'], done: number): Promise<void> {
    const { progress } = this.onboarding;
    await this.save({ progress: { ...progress, [what]: { ...progress[what], done } } });
  }

  /** From here on the steps have a tenant to work in. */
  enter(tenant: TenantRef): void {
    this.tenantRef = tenant;
  }

  get tenant(): TenantRef {
    if (this.tenantRef === null) throw new Error('The tenant comes first.');
    return this.tenantRef;
  }

  /** As whoever asked for the onboarding: what is written down as done by an operator. */
  asRequester<R>(work: () => Promise<R>): Promise<R> {
    return runInContext(
      {
        tenant: this.tenantRef,
        actor: this.onboarding.requestedBy,
        requestId: newId(),
        traceparent: null,
        ip: null,
        userAgent: null,
      },
      work,
    );
  }

  /** As this service, for calls to others. */
  asService<R>(work: () => Promise<R>): Promise<R> {
    return runAsService(this.tenant, 'tenants', work);
  }
}
