import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { App } from './app.js';
import { AppRepository, type Consent } from './app.repository.js';

const columns = `
  id, name, kind, authentication, redirect_uris AS "redirectUris",
  post_logout_redirect_uris AS "postLogoutRedirectUris", backchannel_logout_uri AS "backchannelLogoutUri", scopes,
  first_party AS "firstParty", subject, id_token_algorithm AS "idTokenAlgorithm", public_keys AS "publicKeys", secrets, enabled,
  last_used_at AS "lastUsedAt", version, created_at AS "createdAt", updated_at AS "updatedAt"`;

const PAGE = `
  SELECT ${columns} FROM auth.apps
   WHERE $2::uuid IS NULL OR (created_at, id) > (SELECT created_at, id FROM auth.apps WHERE id = $2)
   ORDER BY created_at, id LIMIT $1`;
const COUNT = 'SELECT count(*)::integer AS count FROM auth.apps';
const BY_ID = `SELECT ${columns} FROM auth.apps WHERE id = $1`;
const ADD = `
  INSERT INTO auth.apps (tenant_id, id, name, kind, authentication, redirect_uris, post_logout_redirect_uris,
    backchannel_logout_uri, scopes, first_party, subject, id_token_algorithm, public_keys, secrets, enabled, version, created_at, updated_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, $15, $15)`;
const SAVE = `
  UPDATE auth.apps
     SET name = $3, authentication = $4, redirect_uris = $5, post_logout_redirect_uris = $6,
         backchannel_logout_uri = $7, scopes = $8, first_party = $9, subject = $10, id_token_algorithm = $11,
         public_keys = $12, secrets = $13, enabled = $14, updated_at = $15, version = version + 1
   WHERE id = $1 AND version = $2
  RETURNING ${columns}`;
const REMOVE = 'DELETE FROM auth.apps WHERE id = $1';
const USED = 'UPDATE auth.apps SET last_used_at = $2 WHERE id = $1';

const consent = 'c.app_id AS "appId", a.name, c.scopes, c.given_at AS "givenAt"';
const JOINED = `
  SELECT ${consent} FROM auth.app_consents c JOIN auth.apps a ON a.tenant_id = c.tenant_id AND a.id = c.app_id
   WHERE c.user_id = $1`;
const CONSENT = `${JOINED} AND c.app_id = $2`;
const CONSENTS = `${JOINED} ORDER BY a.name, a.id`;
const ALLOW = `
  INSERT INTO auth.app_consents (tenant_id, user_id, app_id, scopes, given_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4)
  ON CONFLICT (tenant_id, user_id, app_id) DO UPDATE SET scopes = excluded.scopes, given_at = excluded.given_at`;
const DISALLOW = 'DELETE FROM auth.app_consents WHERE user_id = $1 AND app_id = $2 RETURNING app_id';

@Injectable()
export class PgAppRepository extends AppRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async page(limit: number, after: string | null): Promise<readonly App[]> {
    return this.database.query<App>(PAGE, [limit, after]);
  }

  async count(): Promise<number> {
    return (await this.database.query<{ count: number }>(COUNT))[0]?.count ?? 0;
  }

  async byId(id: string): Promise<App | null> {
    return (await this.database.query<App>(BY_ID, [id]))[0] ?? null;
  }

  async add(app: App): Promise<void> {
    const { id, name, kind, createdAt } = app;
    const [authentication, ...rest] = settingsOf(app);
    await this.database.query(ADD, [id, name, kind, authentication, ...rest, createdAt]);
  }

  async save(app: App): Promise<App | null> {
    const { id, version, name, updatedAt } = app;
    const values = [id, version, name, ...settingsOf(app), updatedAt];
    return (await this.database.query<App>(SAVE, values))[0] ?? null;
  }

  async remove(id: string): Promise<void> {
    await this.database.query(REMOVE, [id]);
  }

  async recordUse(id: string, at: Date): Promise<void> {
    await this.database.query(USED, [id, at]);
  }

  async consent(userId: string, appId: string): Promise<Consent | null> {
    return (await this.database.query<Consent>(CONSENT, [userId, appId]))[0] ?? null;
  }

  async consentsOf(userId: string): Promise<readonly Consent[]> {
    return this.database.query<Consent>(CONSENTS, [userId]);
  }

  async allow(userId: string, appId: string, scopes: readonly string[], at: Date): Promise<void> {
    await this.database.query(ALLOW, [userId, appId, scopes, at]);
  }

  async disallow(userId: string, appId: string): Promise<boolean> {
    return (await this.database.query(DISALLOW, [userId, appId])).length > 0;
  }
}

function settingsOf(app: App) {
  const { authentication, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, scopes } = app;
  const { firstParty, subject, idTokenAlgorithm, publicKeys, secrets, enabled } = app;
  return [
    ...[authentication, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, scopes],
    ...[firstParty, subject, idTokenAlgorithm, JSON.stringify(publicKeys), JSON.stringify(secrets), enabled],
  ];
}
