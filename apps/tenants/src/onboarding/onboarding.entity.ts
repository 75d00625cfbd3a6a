import type {
  Onboarding as OnboardingView,
  OnboardingProgress,
  OnboardingStep,
} from '#libs/contracts/tenants';
import type { Actor } from '#libs/tenancy';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OnboardingResults } from './onboarding.js';

@Entity({ schema: 'directory', name: 'onboardings' })
export class OnboardingEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') slug!: string;
  @Column('text', { name: 'bundle_digest' }) bundleDigest!: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId!: string;
  @Column('jsonb', { name: 'requested_by' }) requestedBy!: Actor;
  @Column('text') state!: OnboardingView['state'];
  @Column('text') step!: OnboardingStep;
  @Column('jsonb') progress!: OnboardingProgress;
  @Column('jsonb') results!: OnboardingResults;
  @Column('jsonb', { nullable: true }) verification!: StoredVerification | null;
  @Column('jsonb', { nullable: true }) failure!: { code: string; detail: string } | null;
  @Column('integer') attempts!: number;
  @Column('text', { name: 'lease_owner', nullable: true }) leaseOwner!: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}

/** As JSON has it. */
export interface StoredVerification {
  readonly checkedAt: string;
  readonly matches: boolean;
  readonly differences: readonly string[];
}
