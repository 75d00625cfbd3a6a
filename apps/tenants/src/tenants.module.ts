import { Module, type DynamicModule } from '@nestjs/common';
import { Background } from './background.js';
import { BrandAssetRepository } from './branding/brand-asset.repository.js';
import { PgBrandAssetRepository } from './branding/brand-asset.pg-repository.js';
import { BrandingController } from './branding/branding.controller.js';
import { ChangeBranding } from './branding/change-branding.use-case.js';
import { ChangePicture } from './branding/change-picture.use-case.js';
import { DrawIcon } from './branding/draw-icon.use-case.js';
import { FetchPicture } from './branding/fetch-picture.use-case.js';
import { DirectoryModule } from './directory/directory.module.js';
import { OutboxRelay } from './directory/outbox.relay.js';
import { AddDomain } from './domain/add-domain.use-case.js';
import { DnsDomainResolver } from './domain/dns-domain-resolver.js';
import { DomainController } from './domain/domain.controller.js';
import { DomainRepository } from './domain/domain.repository.js';
import { DomainResolver } from './domain/domain-resolver.js';
import { CheckDomain } from './domain/check-domain.use-case.js';
import { ListDomains } from './domain/list-domains.use-case.js';
import { OperatorDomainController } from './domain/operator-domain.controller.js';
import { PgDomainRepository } from './domain/domain.pg-repository.js';
import { RecheckDomains } from './domain/recheck-domains.use-case.js';
import { RemoveDomain } from './domain/remove-domain.use-case.js';
import { VerifyDomain } from './domain/verify-domain.use-case.js';
import { onboardingProviders } from './onboarding/onboarding.providers.js';
import { OnboardingController } from './onboarding/onboarding.controller.js';
import { BrandController } from './organization/brand.controller.js';
import { OrganizationController } from './organization/organization.controller.js';
import { ShowBrand } from './organization/show-brand.use-case.js';
import { ShowOrganization } from './organization/show-organization.use-case.js';
import { PgPlacementRepository } from './placement/placement.pg-repository.js';
import { PlacementRepository } from './placement/placement.repository.js';
import { PgShardGate } from './placement/shard-gate.pg-repository.js';
import { ShardGate } from './placement/shard-gate.js';
import { ChangeSettings } from './settings/change-settings.use-case.js';
import { SettingsController } from './settings/settings.controller.js';
import { AddShard } from './shard/add-shard.use-case.js';
import { ListShardLoads } from './shard/shard-loads.read-model.js';
import { ListShards } from './shard/list-shards.use-case.js';
import { PgShardRepository } from './shard/shard.pg-repository.js';
import { ShardController } from './shard/shard.controller.js';
import { ShardRepository } from './shard/shard.repository.js';
import { CountUsers } from './size/count-users.use-case.js';
import { RecordPulses } from './size/pulses.pg-recorder.js';
import { RecountTenants } from './size/recount-tenants.use-case.js';
import { ChangePlan } from './tenant/change-plan.use-case.js';
import { OperatorTenantController } from './tenant/operator-tenant.controller.js';
import { OperatorTenants } from './tenant/operator-tenant.read-model.js';
import { PgTenantRepository } from './tenant/tenant.pg-repository.js';
import { ProvisionTenant } from './tenant/provision-tenant.use-case.js';
import { ResumeTenant } from './tenant/resume-tenant.use-case.js';
import { ShowTenant } from './tenant/show-tenant.use-case.js';
import { SuspendTenant } from './tenant/suspend-tenant.use-case.js';
import { TenantRepository } from './tenant/tenant.repository.js';
import type { TenantsConfig } from './tenants.config.js';

const adapters = [
  { provide: TenantRepository, useClass: PgTenantRepository },
  { provide: PlacementRepository, useClass: PgPlacementRepository },
  { provide: ShardGate, useClass: PgShardGate },
  { provide: ShardRepository, useClass: PgShardRepository },
  { provide: DomainRepository, useClass: PgDomainRepository },
  { provide: BrandAssetRepository, useClass: PgBrandAssetRepository },
];

const tenantUseCases = [
  ProvisionTenant,
  ShowTenant,
  SuspendTenant,
  ResumeTenant,
  ChangePlan,
  OperatorTenants,
];
const brandUseCases = [
  ShowBrand,
  ShowOrganization,
  ChangeBranding,
  ChangePicture,
  DrawIcon,
  FetchPicture,
  ChangeSettings,
];
const domainUseCases = [ListDomains, AddDomain, VerifyDomain, CheckDomain, RemoveDomain, RecheckDomains];
const otherUseCases = [ListShardLoads, ListShards, AddShard, RecordPulses, CountUsers, RecountTenants];

@Module({})
export class TenantsModule {
  static of({ HARKA_DNS_SERVERS }: TenantsConfig): DynamicModule {
    return {
      module: TenantsModule,
      imports: [DirectoryModule],
      controllers: [
        BrandController,
        OrganizationController,
        BrandingController,
        SettingsController,
        DomainController,
        OperatorTenantController,
        OperatorDomainController,
        ShardController,
        OnboardingController,
      ],
      providers: [
        ...adapters,
        { provide: DomainResolver, useValue: new DnsDomainResolver(HARKA_DNS_SERVERS) },
        ...tenantUseCases,
        ...brandUseCases,
        ...domainUseCases,
        ...otherUseCases,
        ...onboardingProviders,
        OutboxRelay,
        Background,
      ],
    };
  }
}
