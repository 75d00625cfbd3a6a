import type { DomainState } from '#libs/contracts/tenants';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Domain } from './domain.js';

@Entity({ schema: 'directory', name: 'domains' })
export class DomainEntity implements Domain {
  @PrimaryColumn('text') host!: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId!: string;
  @Column('text') kind!: 'subdomain' | 'custom';
  @Column('text', { name: 'proof_token', nullable: true }) proofToken!: string | null;
  @Column('text') state!: DomainState;
  @Column('timestamptz', { name: 'verified_at', nullable: true }) verifiedAt!: Date | null;
  @Column('timestamptz', { name: 'last_checked_at', nullable: true }) lastCheckedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
