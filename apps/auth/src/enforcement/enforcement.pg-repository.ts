import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { EnforcementRepository } from './enforcement.repository.js';
import { notEnforced, type Enforcement } from './enforcement.js';

const CURRENT = `
  SELECT enforced, break_glass_user_ids AS "breakGlassUserIds", enforced_at AS "enforcedAt"
    FROM auth.sign_in_enforcements`;
const SAVE = `
  INSERT INTO auth.sign_in_enforcements (tenant_id, enforced, break_glass_user_ids, enforced_at)
  VALUES (app.current_tenant(), $1, $2, $3)
  ON CONFLICT (tenant_id) DO UPDATE
    SET enforced = excluded.enforced, break_glass_user_ids = excluded.break_glass_user_ids,
        enforced_at = excluded.enforced_at`;
const OWNERS = `
  SELECT u.id FROM auth.users u
    JOIN auth.credentials c ON c.tenant_id = u.tenant_id AND c.user_id = u.id
   WHERE u.id = ANY($1::uuid[]) AND u.role = 'owner' AND u.status = 'active'`;
const PASSWORD_SESSIONS = `
  SELECT id, user_id AS "userId" FROM auth.sessions
   WHERE ended_at IS NULL AND method IN ('password', 'invitation', 'passkey') AND NOT (user_id = ANY($1::uuid[]))
   LIMIT 20000`;

@Injectable()
export class PgEnforcementRepository extends EnforcementRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async current(): Promise<Enforcement> {
    return (await this.database.query<Enforcement>(CURRENT))[0] ?? notEnforced;
  }

  async save({ enforced, breakGlassUserIds, enforcedAt }: Enforcement): Promise<void> {
    await this.database.query(SAVE, [enforced, breakGlassUserIds, enforcedAt]);
  }

  async ownersWithPassword(userIds: readonly string[]): Promise<readonly string[]> {
    return (await this.database.query<{ id: string }>(OWNERS, [userIds])).map(({ id }) => id);
  }

  async passwordSessions(except: readonly string[]): Promise<readonly { id: string; userId: string }[]> {
    return this.database.query<{ id: string; userId: string }>(PASSWORD_SESSIONS, [except]);
  }
}
