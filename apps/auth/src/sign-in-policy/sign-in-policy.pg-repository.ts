import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { defaultPolicy, type SignInPolicy } from './sign-in-policy.js';
import { SignInPolicyRepository } from './sign-in-policy.repository.js';

const CURRENT = `
  SELECT mfa, mfa_roles AS "mfaRoles", grace_days AS "graceDays", mfa_after_sso AS "mfaAfterSso", passwordless,
         trusted_device_days AS "trustedDeviceDays", step_up_minutes AS "stepUpMinutes", idle_seconds AS "idleSeconds",
         absolute_seconds AS "absoluteSeconds", max_sessions AS "maxSessions", allowed_networks AS "allowedNetworks",
         alerts, required_since AS "requiredSince", version, updated_at AS "updatedAt"
    FROM auth.sign_in_policies`;
const SAVE = `
  INSERT INTO auth.sign_in_policies AS known
    (tenant_id, mfa, mfa_roles, grace_days, mfa_after_sso, passwordless, trusted_device_days, step_up_minutes,
     idle_seconds, absolute_seconds, max_sessions, allowed_networks, alerts, required_since, version, updated_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  ON CONFLICT (tenant_id) DO UPDATE SET
    mfa = excluded.mfa, mfa_roles = excluded.mfa_roles, grace_days = excluded.grace_days,
    mfa_after_sso = excluded.mfa_after_sso, passwordless = excluded.passwordless,
    trusted_device_days = excluded.trusted_device_days, step_up_minutes = excluded.step_up_minutes,
    idle_seconds = excluded.idle_seconds, absolute_seconds = excluded.absolute_seconds,
    max_sessions = excluded.max_sessions, allowed_networks = excluded.allowed_networks, alerts = excluded.alerts,
    required_since = excluded.required_since, version = excluded.version, updated_at = excluded.updated_at
   WHERE known.version = excluded.version - 1
  RETURNING version`;

@Injectable()
export class PgSignInPolicyRepository extends SignInPolicyRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async current(): Promise<SignInPolicy> {
    return (await this.database.query<SignInPolicy>(CURRENT))[0] ?? defaultPolicy;
  }

  async save(policy: SignInPolicy): Promise<boolean> {
    const { mfa, mfaRoles, graceDays, mfaAfterSso, passwordless, trustedDeviceDays, stepUpMinutes } = policy;
    const { idleSeconds, absoluteSeconds, maxSessions, allowedNetworks, alerts } = policy;
    const values = [
      ...[mfa, mfaRoles, graceDays, mfaAfterSso, passwordless, trustedDeviceDays, stepUpMinutes],
      ...[idleSeconds, absoluteSeconds, maxSessions, allowedNetworks, alerts],
      ...[policy.requiredSince, policy.version, policy.updatedAt],
    ];
    return (await this.database.query(SAVE, values)).length === 1;
  }
}
