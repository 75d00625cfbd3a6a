import { Injectable } from '@nestjs/common';
import type { Plan } from '#libs/contracts';
import { tenantCreated, type BrandColors, type SettingsPatch } from '#libs/contracts/tenants';
import { termsOf } from '#libs/entitlements';
import { Clock, newId } from '#libs/kernel';
import { plainBranding, requireReadable } from '../branding/branding.js';
import { Directory } from '../directory/directory.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { DomainRepository } from '../domain/domain.repository.js';
import { subdomain } from '../domain/domain.js';
import { PlacementRepository } from '../placement/placement.repository.js';
import { ShardGate } from '../placement/shard-gate.js';
import { requireConsistent } from '../settings/settings.js';
import { BaseDomain } from './base-domain.js';
import { SeatsTooFew, SlugTaken } from './tenant.errors.js';
import { TenantRepository } from './tenant.repository.js';
import { changed, merged, usualSettings, type Tenant } from './tenant.js';

export interface TenantWish {
  /** The id that the tenant is to have; without one, slug, name and plan say whether it is the same tenant. */
  readonly id?: string | undefined;
  readonly slug: string;
  readonly name: string;
  readonly plan: Plan;
  readonly expectedUsers: number;
  readonly branding?: BrandColors | undefined;
  readonly settings?: SettingsPatch | undefined;
}

/**
 * Brings a tenant into being, or finishes what an interrupted call began: first the directory in one transaction, then
 * the shard's gate, then `active`. The same slug, name and plan always answer the same tenant.
 */
@Injectable()
export class ProvisionTenant {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly domains: DomainRepository,
    private readonly placements: PlacementRepository,
    private readonly gate: ShardGate,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly base: BaseDomain,
    private readonly clock: Clock,
  ) {}

  /** @throws SlugTaken | ContrastTooLow | SeatsTooFew | NoDedicatedShard | NoOpenShard | ShardUnreachable */
  async execute(wish: TenantWish): Promise<Tenant> {
    const tenant = (await this.existing(wish)) ?? (await this.record(wish));
    return tenant.status === 'provisioning' ? this.open(tenant) : tenant;
  }

  private async existing({ id, slug, name, plan }: TenantWish): Promise<Tenant | null> {
    const tenant = await this.tenants.find(slug);
    if (tenant === null) return null;
    const same = id === undefined ? tenant.name === name && tenant.plan === plan : tenant.id === id;
    if (!same) throw new SlugTaken(slug);
    return tenant;
  }

  private async record(wish: TenantWish): Promise<Tenant> {
    const tenant = newTenant(wish, this.clock.now());
    try {
      await this.directory.run(async () => {
        // The shard is locked before the tenant is numbered: everyone takes these locks in this order.
        const shard = await this.placements.choose(tenant.id, wish.expectedUsers);
        await this.tenants.insert(tenant);
        await this.placements.place(tenant.id, shard);
        await this.domains.insert(subdomain(tenant.id, this.base.hostOf(tenant.slug), tenant.createdAt));
        const { slug, name, plan } = tenant;
        const payload = { slug, name, plan, tier: shard.tier, shard: shard.name };
        await this.events.append(tenant.id, tenantCreated, tenant.id, payload);
      });
      return tenant;
    } catch (error) {
      // Somebody else was quicker: theirs may be the very tenant that was asked for.
      const winner = error instanceof SlugTaken ? await this.existing(wish) : null;
      if (winner === null) throw error;
      return winner;
    }
  }

  private async open(tenant: Tenant): Promise<Tenant> {
    const placement = await this.placements.of(tenant.id);
    if (placement === null) throw new Error(`Tenant ${tenant.id} has no placement.`);
    await this.gate.admit(placement);
    const active = await this.directory.run(async () => {
      const current = await this.tenants.lock(tenant.id);
      if (current.status !== 'provisioning') return current;
      const next = changed(current, { status: 'active' }, this.clock.now());
      await this.tenants.save(next);
      return next;
    });
    this.announcer.changed(active.id);
    return active;
  }
}

function newTenant(wish: TenantWish, now: Date): Tenant {
  const { slug, name, plan, expectedUsers, branding, settings } = wish;
  const seats = termsOf(plan).limits.users;
  if (seats !== null && expectedUsers > seats) throw new SeatsTooFew(plan, seats, expectedUsers);
  const brand = { ...plainBranding, ...branding };
  requireReadable(brand, '/branding');
  const rules = merged(usualSettings, settings ?? {});
  requireConsistent(rules, '/settings');
  return {
    id: wish.id ?? newId(now.getTime()),
    slug,
    name,
    plan,
    status: 'provisioning',
    size: 0,
    branding: brand,
    settings: rules,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}
