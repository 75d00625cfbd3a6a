import type { Plan, TenantStatus, Tier } from '#libs/contracts';
import type { MailState } from '#libs/contracts/auth';
import type { PlatformHealth, TenantProjection } from '#libs/contracts/insights';
import type { DomainState, Onboarding, OnboardingStep, Shard, TenantPulse } from '#libs/contracts/tenants';
import { type BadgeTone } from '../design/badge.js';
import { type MessageKey } from '../language/t.js';

type Words<K extends string> = Readonly<Record<K, MessageKey>>;
type Tones<K extends string> = Readonly<Record<K, BadgeTone>>;

export const planNames: Words<Plan> = {
  starter: 'plan.starter',
  growth: 'plan.growth',
  enterprise: 'plan.enterprise',
};
export const tierNames: Words<Tier> = {
  small: 'tier.small',
  medium: 'tier.medium',
  dedicated: 'tier.dedicated',
};
export const statusNames: Words<TenantStatus> = {
  provisioning: 'tenant.provisioning',
  active: 'tenant.active',
  suspended: 'tenant.suspended',
  deleted: 'tenant.deleted',
};
export const statusTones: Tones<TenantStatus> = {
  provisioning: 'accent',
  active: 'good',
  suspended: 'warn',
  deleted: 'bad',
};
export const healthNames: Words<TenantPulse['health']> = {
  healthy: 'health.healthy',
  warning: 'health.warning',
  critical: 'health.critical',
};
export const healthTones: Tones<TenantPulse['health']> = {
  healthy: 'good',
  warning: 'warn',
  critical: 'bad',
};
export const shardStateNames: Words<Shard['state']> = {
  open: 'shard.open',
  closed: 'shard.closed',
  draining: 'shard.draining',
  gone: 'shard.gone',
};
export const shardStateTones: Tones<Shard['state']> = {
  open: 'good',
  closed: 'neutral',
  draining: 'warn',
  gone: 'bad',
};
export const domainNames: Words<DomainState> = {
  pending: 'domain.pending',
  verified: 'domain.verified',
  lapsed: 'domain.lapsed',
};
export const domainTones: Tones<DomainState> = { pending: 'neutral', verified: 'good', lapsed: 'bad' };
export const projectionNames: Words<TenantProjection['status']> = {
  active: 'projection.active',
  replaying: 'projection.replaying',
  parked: 'projection.parked',
};
export const projectionTones: Tones<TenantProjection['status']> = {
  active: 'good',
  replaying: 'accent',
  parked: 'bad',
};
export const mailNames: Words<MailState> = {
  waiting: 'mail.waiting',
  failed: 'mail.failed',
  sent: 'mail.sent',
};
export const mailTones: Tones<MailState> = { waiting: 'accent', failed: 'bad', sent: 'good' };
type ServiceStatus = PlatformHealth['services'][number]['status'];
export const serviceNames: Words<ServiceStatus> = {
  ready: 'service.ready',
  impaired: 'service.impaired',
  down: 'service.down',
  unknown: 'service.unknown',
};
export const serviceTones: Tones<ServiceStatus> = {
  ready: 'good',
  impaired: 'warn',
  down: 'bad',
  unknown: 'neutral',
};
export const onboardingNames: Words<Onboarding['state']> = {
  running: 'onboarding.running',
  done: 'onboarding.done',
  failed: 'onboarding.failed',
};
export const onboardingTones: Tones<Onboarding['state']> = { running: 'accent', done: 'good', failed: 'bad' };
export const stepNames: Words<OnboardingStep> = {
  tenant: 'onboarding.step.tenant',
  users: 'onboarding.step.users',
  content: 'onboarding.step.content',
  enrolments: 'onboarding.step.enrolments',
  verify: 'onboarding.step.verify',
  done: 'onboarding.step.done',
};

/** The academy on the port that the control centre itself is reached by. */
export function addressOf(host: string): string {
  const { protocol, port } = window.location;
  return `${protocol}//${host}${port === '' || host.includes(':') ? '' : `:${port}`}/`;
}
