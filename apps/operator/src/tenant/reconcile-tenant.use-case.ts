import type { Tier } from '#libs/contracts';
import type { Domain, OperatorTenant } from '#libs/contracts/tenants';
import { Refused, type Directory } from '../directory/directory.js';
import type { Mirror } from '../directory/mirror.js';
import {
  compare,
  FINALIZER,
  isEmpty,
  withTimes,
  type Agreement,
  type Comparison,
  type Condition,
} from './tenant.js';
import type { Tenant, TenantSpec, TenantStatus } from './tenant.js';
import type { TenantObjects } from './tenant-objects.js';

/** Enough users for the tier that is asked for; the directory places by their number. */
const USERS: Readonly<Record<Tier, number>> = { small: 0, medium: 101, dedicated: 1001 };

type Told = Omit<Condition, 'lastTransitionTime' | 'observedGeneration'>;

/** Brings one Tenant and its academy together. Every step can be the last one before a crash, and is found done by the next run. */
export class ReconcileTenant {
  constructor(
    private readonly objects: TenantObjects,
    private readonly directory: Directory,
    private readonly mirror: Mirror,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async execute(slug: string): Promise<void> {
    const tenant = this.objects.get(slug);
    if (tenant === undefined) await this.show(slug);
    else if (tenant.metadata.deletionTimestamp !== undefined) await this.close(tenant);
    else await this.bringTogether(tenant);
  }

  /** An open academy without an object gets one. */
  private async show(slug: string): Promise<void> {
    if (this.mirror.get(slug)?.status !== 'active') return;
    const academy = await this.ask(slug);
    if (academy?.status !== 'active') return;
    const domains = await this.directory.customDomains(slug);
    await this.objects.create(slug, {
      displayName: academy.name,
      plan: academy.plan,
      ...(domains.length > 0 && { domains: domains.map(({ host }) => host) }),
    });
  }

  /** An object that goes closes its academy; nothing of the academy is deleted. */
  private async close(tenant: Tenant): Promise<void> {
    if (tenant.metadata.finalizers?.includes(FINALIZER) !== true) return;
    const slug = tenant.metadata.name;
    const academy = await this.ask(slug);
    if (academy?.status === 'active') {
      this.mirror.put(await this.directory.suspend(slug, 'Its Tenant in Kubernetes was deleted.'));
    }
    await this.objects.removeResources(slug);
    await this.objects.let(tenant);
  }

  private async bringTogether(tenant: Tenant): Promise<void> {
    if (tenant.metadata.finalizers?.includes(FINALIZER) !== true) {
      await this.objects.hold(tenant);
      return;
    }
    const slug = tenant.metadata.name;
    const told: Told[] = [];
    let academy: OperatorTenant;
    try {
      academy = this.mirror.get(slug) ?? (await this.open(tenant));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.say(tenant, { phase: 'Failed' }, [
        failed('InDirectory', reasonOf(error), error.message),
        failed('Ready', reasonOf(error), error.message),
      ]);
      return;
    }
    told.push({
      type: 'InDirectory',
      status: 'True',
      reason: 'Registered',
      message: `on shard ${academy.shard}`,
    });
    await this.agree(tenant, academy, told);
  }

  private async open(tenant: Tenant): Promise<OperatorTenant> {
    const slug = tenant.metadata.name;
    const { displayName, plan, tier } = tenant.spec;
    const known = await this.directory.find(slug);
    const academy =
      known ??
      (await this.directory.create({ slug, name: displayName, plan, expectedUsers: USERS[tier ?? 'small'] }));
    this.mirror.put(academy);
    if (known === null) this.objects.tell(tenant, 'Created', `The academy is on shard ${academy.shard}.`);
    return academy;
  }

  private async agree(tenant: Tenant, known: OperatorTenant, told: Told[]): Promise<void> {
    const slug = tenant.metadata.name;
    const base = baseOf(tenant, known);
    let academy = known;
    let domains = await this.directory.customDomains(slug);
    let comparison = compare(tenant.spec, registered(academy, domains), base);
    if (!isEmpty(comparison)) {
      // Before anything is changed for it, it is asked anew: what was read may be old.
      academy = (await this.ask(slug)) ?? academy;
      comparison = compare(tenant.spec, registered(academy, domains), base);
    }
    const refused = await this.push(slug, comparison, tenant);
    if (comparison.push.plan !== undefined || comparison.push.suspended !== undefined) {
      academy = (await this.ask(slug)) ?? academy;
    }
    if (comparison.push.addDomains.length + comparison.push.removeDomains.length > 0) {
      domains = await this.directory.customDomains(slug);
    }
    const pulled = Object.keys(comparison.pull);
    if (pulled.length > 0) {
      // The status follows when both say the same: a crash in between must not look as if the object had been changed.
      await this.objects.change(tenant, comparison.pull);
      this.objects.tell(tenant, 'Followed', `The directory changed ${pulled.join(', ')}.`);
      return;
    }
    const namespace = await this.resources(tenant, academy, told);
    const disagreements = comparison.disagreements;
    told.push(
      disagreements.length === 0
        ? {
            type: 'Agreed',
            status: 'True',
            reason: 'Same',
            message: 'the object and the directory say the same',
          }
        : failed('Agreed', 'BothChanged', disagreements.join('; ')),
      refused.length === 0
        ? {
            type: 'Domains',
            status: 'True',
            reason: 'Announced',
            message: 'every domain is in the directory',
          }
        : failed('Domains', 'Refused', refused.join('; ')),
    );
    const problem = told.find(({ status }) => status === 'False');
    told.unshift(
      problem === undefined
        ? {
            type: 'Ready',
            status: 'True',
            reason: 'Reconciled',
            message: `${academy.host} is ${academy.status}`,
          }
        : failed('Ready', problem.reason, problem.message),
    );
    const status: TenantStatus = {
      id: academy.id,
      host: academy.host,
      shard: academy.shard,
      tier: academy.tier,
      phase:
        disagreements.length > 0
          ? 'Disagreed'
          : problem !== undefined
            ? 'Failed'
            : academy.status === 'suspended'
              ? 'Suspended'
              : 'Ready',
      ...(namespace !== undefined && { namespace }),
      domains: domains.map(({ host, state }) => ({ host, state })),
      agreed: agreedOn(tenant.spec, registered(academy, domains), base),
    };
    await this.say(tenant, status, told);
  }

  /** Tells what the directory refused. */
  private async push(slug: string, { push }: Comparison, tenant: Tenant): Promise<string[]> {
    const refused: string[] = [];
    if (push.plan !== undefined) {
      this.mirror.put(await this.directory.changePlan(slug, push.plan));
      this.objects.tell(tenant, 'PlanChanged', `The plan is ${push.plan} now.`);
    }
    if (push.suspended === true) {
      this.mirror.put(await this.directory.suspend(slug, 'Its Tenant in Kubernetes is suspended.'));
      this.objects.tell(tenant, 'Suspended', 'The academy is closed.');
    } else if (push.suspended === false) {
      this.mirror.put(await this.directory.resume(slug));
      this.objects.tell(tenant, 'Resumed', 'The academy is open again.');
    }
    for (const host of push.addDomains) {
      try {
        await this.directory.addDomain(slug, host);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused.push(`${host}: ${error.message}`);
      }
    }
    for (const host of push.removeDomains) await this.directory.removeDomain(slug, host);
    return refused;
  }

  private async resources(
    tenant: Tenant,
    academy: OperatorTenant,
    told: Told[],
  ): Promise<string | undefined> {
    const slug = tenant.metadata.name;
    const { tier, residency } = tenant.spec;
    if (academy.tier !== 'dedicated') {
      const isAsked = tier === undefined || tier === academy.tier;
      told.push(
        isAsked
          ? {
              type: 'Resources',
              status: 'True',
              reason: 'Shared',
              message: `${academy.tier} academies share their shard`,
            }
          : failed(
              'Resources',
              'MoveNeeded',
              `${tier} is asked for, and it is placed as ${academy.tier}: move it`,
            ),
      );
      return undefined;
    }
    const namespace = await this.objects.ensureResources(slug, academy.plan, residency);
    told.push({
      type: 'Resources',
      status: 'True',
      reason: 'Applied',
      message: `of the plan ${academy.plan} in ${namespace}`,
    });
    return namespace;
  }

  private async ask(slug: string): Promise<OperatorTenant | null> {
    const academy = await this.directory.find(slug);
    if (academy !== null) this.mirror.put(academy);
    return academy;
  }

  private async say(tenant: Tenant, status: TenantStatus, told: readonly Told[]): Promise<void> {
    const generation = tenant.metadata.generation ?? 0;
    const conditions = withTimes(told, tenant.status?.conditions ?? [], generation, this.now());
    await this.objects.say(tenant, { observedGeneration: generation, ...status, conditions });
  }
}

function failed(type: Condition['type'], reason: string, message: string): Told {
  return { type, status: 'False', reason, message };
}

/** `tenant.slug_taken` becomes `TenantSlugTaken`: reasons are CamelCase. */
function reasonOf({ code }: Refused): string {
  return code.replaceAll(/(?:^|[._-])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function registered(academy: OperatorTenant, domains: readonly Domain[]) {
  return {
    displayName: academy.name,
    plan: academy.plan,
    suspended: academy.status === 'suspended',
    domains: domains.map(({ host }) => host),
  };
}

/** What both say, field by field; where they differ, what they agreed on before. */
function agreedOn(spec: TenantSpec, theirs: ReturnType<typeof registered>, base: Agreement): Agreement {
  const suspended = spec.suspended ?? false;
  const both = (spec.domains ?? []).filter((host) => theirs.domains.includes(host));
  const name = spec.displayName === theirs.displayName ? spec.displayName : base.displayName;
  const plan = spec.plan === theirs.plan ? spec.plan : base.plan;
  const closed = suspended === theirs.suspended ? suspended : base.suspended;
  return {
    ...(name !== undefined && { displayName: name }),
    ...(plan !== undefined && { plan }),
    ...(closed !== undefined && { suspended: closed }),
    domains: both.toSorted(),
  };
}

/** A Tenant that never met its academy: an academy made for it says what it says. */
function baseOf(tenant: Tenant, academy: OperatorTenant): Agreement {
  const agreed = tenant.status?.agreed;
  if (agreed !== undefined) return agreed;
  // Closed or not is not said at creation: the object's word holds.
  return { suspended: academy.status === 'suspended' };
}
