import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { TenantDatabase } from '#libs/sharding';
import { isOpen, type Session } from '../session/session.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import { AppAccounts, type AccountRef, type AppAccount } from './app-account.js';

// Whoever set a password followed a link in a mail; else the address counts where the academy has proved its domain.
const FIND = `
  SELECT u.id AS "userId", $2::uuid AS "sessionId", u.name, u.email, u.locale, u.time_zone AS "timeZone", u.team, u.role,
         u.updated_at AS "updatedAt", coalesce(s.amr, '{}') AS amr,
         coalesce(s.proved_at, s.started_at, u.updated_at) AS "provedAt",
         EXISTS (SELECT FROM auth.credentials c WHERE c.tenant_id = u.tenant_id AND c.user_id = u.id)
           OR EXISTS (SELECT FROM auth.email_domains d
                       WHERE d.tenant_id = u.tenant_id AND d.verified_at IS NOT NULL
                         AND d.domain = lower(split_part(u.email, '@', 2))) AS "emailVerified",
         s.method, s.started_at AS "startedAt", s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt",
         s.ended_at AS "endedAt"
    FROM auth.users u
    LEFT JOIN auth.sessions s ON s.tenant_id = u.tenant_id AND s.user_id = u.id AND s.id = $2
   WHERE u.id = $1 AND u.status = 'active'`;

type SessionPart = Pick<Session, 'method' | 'startedAt' | 'lastSeenAt' | 'expiresAt' | 'endedAt'>;
type Row = AppAccount & (SessionPart | { readonly method: null });

@Injectable()
export class PgAppAccounts extends AppAccounts {
  constructor(
    private readonly database: TenantDatabase,
    private readonly policies: SignInPolicyRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  async find({ userId, sessionId }: AccountRef, offline: boolean): Promise<AppAccount | null> {
    const [row] = await this.database.query<Row>(FIND, [userId, sessionId]);
    if (row === undefined || row.method === 'operator') return null;
    if (offline) return row;
    if (row.method === null) return null;
    return isOpen(row, this.clock.now(), await this.policies.current()) ? row : null;
  }
}
