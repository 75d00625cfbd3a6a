import { brandColors, type TenantBrand } from '#libs/contracts/tenants';
import type { DirectoryTenant } from '#libs/sharding';
import { BoundedMap } from '../bounded-map.js';

interface Known {
  readonly brand: TenantBrand;
  readonly until: number;
}

export interface BrandsOptions {
  /** Asks the tenants service. */
  readonly load: (tenant: DirectoryTenant) => Promise<TenantBrand>;
  readonly now?: () => number;
}

const FRESH_FOR = 60_000;
const FALLBACK_COLORS = { primaryColor: '#3553a4', secondaryColor: '#1f2a44' } as const;

/** The face of each tenant, kept for a minute or until it changes. A page never waits for want of a brand. */
export class Brands {
  private readonly known = new BoundedMap<string, Known>(5_000);
  private readonly loading = new Map<string, Promise<TenantBrand>>();
  private readonly now: () => number;

  constructor(private readonly options: BrandsOptions) {
    this.now = options.now ?? Date.now;
  }

  async of(tenant: DirectoryTenant): Promise<TenantBrand> {
    const known = this.known.get(tenant.id);
    if (known !== undefined && known.until > this.now()) return known.brand;
    try {
      return await this.load(tenant);
    } catch {
      return known?.brand ?? brandFromDirectory(tenant);
    }
  }

  forget(tenantId: string): void {
    this.known.delete(tenantId);
    this.loading.delete(tenantId);
  }

  private async load(tenant: DirectoryTenant): Promise<TenantBrand> {
    const loading = this.loading.get(tenant.id) ?? this.options.load(tenant);
    this.loading.set(tenant.id, loading);
    try {
      const brand = await loading;
      // Somebody said meanwhile that it changed: use it, but do not keep it.
      if (this.loading.get(tenant.id) === loading) {
        this.known.set(tenant.id, { brand, until: this.now() + FRESH_FOR });
      }
      return brand;
    } finally {
      if (this.loading.get(tenant.id) === loading) this.loading.delete(tenant.id);
    }
  }
}

/** What the directory alone tells: enough for a page in the right name and, where it has them, the right colours. */
export function brandFromDirectory({ id, slug, name, branding }: DirectoryTenant): TenantBrand {
  const colors = brandColors.loose().safeParse(branding);
  const { primaryColor, secondaryColor } = colors.success ? colors.data : FALLBACK_COLORS;
  return {
    id,
    slug,
    name,
    branding: { logoUrl: null, faviconUrl: null, primaryColor, secondaryColor },
    iconVersion: '',
    signIn: { password: true, registration: 'invite' },
    locale: 'en',
  };
}
