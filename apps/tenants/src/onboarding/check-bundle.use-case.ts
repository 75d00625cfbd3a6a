import { Injectable } from '@nestjs/common';
import type { Bundle as BundleRequest } from '#libs/contracts/tenants';
import { TenantRepository } from '../tenant/tenant.repository.js';
import type { Bundle, BundleFiles } from './bundle/bundle.js';
import { decodeFiles } from './bundle/bundle-files.js';
import { Issues, type Place } from './bundle/issues.js';
import { readBundle } from './bundle/read-bundle.js';
import { TENANT_FILE } from './bundle/read-tenant.js';
import { BundleInvalid } from './onboarding.errors.js';
import { OnboardingRepository } from './onboarding.repository.js';

/** Validates a whole folder before anything is changed. */
@Injectable()
export class CheckBundle {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly onboardings: OnboardingRepository,
  ) {}

  /** @throws BundleInvalid with everything that is wrong */
  async execute(request: BundleRequest): Promise<Bundle> {
    const issues = new Issues();
    return this.check(
      decodeFiles(request, issues),
      issues,
      request.files.map(({ path }) => path),
    );
  }

  /** As `execute`, for files that came in another way. @throws BundleInvalid */
  async executeFiles(files: BundleFiles): Promise<Bundle> {
    return this.check(files, new Issues(), [...files.keys()]);
  }

  private async check(files: BundleFiles, issues: Issues, paths: readonly string[]): Promise<Bundle> {
    const { bundle, slugAt } = readBundle(files, issues);
    if (bundle !== null) await this.checkSlug(bundle, slugAt, issues);
    const found = issues.list();
    if (found.length > 0 || bundle === null) {
      throw new BundleInvalid(found, paths);
    }
    return bundle;
  }

  private async checkSlug({ tenant, digest }: Bundle, slugAt: Place | null, issues: Issues): Promise<void> {
    const holder = await this.tenants.find(tenant.slug);
    if (holder === null) return;
    const mine =
      (await this.onboardings.ofBundle(tenant.slug, digest)) ??
      (await this.onboardings.unfinished(tenant.slug));
    if (mine?.tenantId === holder.id) return;
    issues.add(TENANT_FILE, slugAt, {
      code: 'slug_taken',
      detail: `The slug "${tenant.slug}" belongs to a tenant that did not come from this folder.`,
      help: 'Choose another slug. A folder that was imported cannot be changed and imported again.',
    });
  }
}
