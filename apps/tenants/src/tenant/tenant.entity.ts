import type { Plan, TenantStatus } from '#libs/contracts';
import type { TenantSettings } from '#libs/contracts/tenants';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Branding } from '../branding/branding.js';
import type { Tenant } from './tenant.js';

@Entity({ schema: 'directory', name: 'tenants' })
export class TenantEntity implements Tenant {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') slug!: string;
  @Column('text') name!: string;
  @Column('text') plan!: Plan;
  @Column('text') status!: TenantStatus;
  @Column('integer') size!: number;
  @Column('jsonb') branding!: Branding;
  @Column('jsonb') settings!: TenantSettings;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  @Column('integer') version!: number;
}
