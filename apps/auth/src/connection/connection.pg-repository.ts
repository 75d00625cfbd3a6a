import { Injectable } from '@nestjs/common';
import { ldapSyncDefaults } from '#libs/contracts/auth';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { z } from 'zod';
import type { Connection, ConnectionSecrets, LdapSettings } from './connection.js';
import { ConnectionNotFound } from './connection.errors.js';
import { ConnectionRepository } from './connection.repository.js';

const columns = `
  id, kind, provider, name, state, is_default AS "isDefault", origin, settings, tested_by AS "testedBy",
  tested_at AS "testedAt", refreshed_at AS "refreshedAt", version, created_at AS "createdAt", updated_at AS "updatedAt"`;

const ALL = `SELECT ${columns} FROM auth.connections ORDER BY created_at, id`;
const BY_ID = `SELECT ${columns} FROM auth.connections WHERE id = $1`;
const SECRETS = 'SELECT secrets FROM auth.connections WHERE id = $1';
const INSERT = `
  INSERT INTO auth.connections (tenant_id, id, kind, provider, name, state, is_default, origin, settings, secrets,
                                version, created_at, updated_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)`;
const SAVE = `
  UPDATE auth.connections
     SET provider = $3, name = $4, state = $5, is_default = $6, settings = $7, secrets = coalesce($8, secrets),
         tested_by = $9, tested_at = $10, refreshed_at = $11, updated_at = $12, version = version + 1
   WHERE id = $1 AND version = $2
  RETURNING ${columns}`;
const LOCK_ROWS = 'SELECT id FROM auth.connections ORDER BY id FOR UPDATE';
const REMOVE = 'DELETE FROM auth.connections WHERE id = $1';

type Settings = Pick<Connection, 'mapping' | 'provisioning' | 'saml' | 'oidc' | 'ldap' | 'certificates'>;
type StoredGroups = NonNullable<LdapSettings['groups']>;
type StoredLdap = Omit<LdapSettings, 'sync' | 'groups'> & {
  readonly sync?: LdapSettings['sync'];
  readonly groups: (Omit<StoredGroups, 'memberIs'> & Partial<Pick<StoredGroups, 'memberIs'>>) | null;
};
interface ConnectionRow extends Omit<Connection, keyof Settings> {
  /** Connections that were made before there were directories say nothing of one. */
  readonly settings: Omit<Settings, 'ldap'> & { readonly ldap?: StoredLdap | null };
}

const secretsShape = z.object({
  clientSecret: z.string().nullable(),
  bindPassword: z.string().nullable().default(null),
  keys: z.array(z.string()),
});

@Injectable()
export class PgConnectionRepository extends ConnectionRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly cipher: TenantCipher,
  ) {
    super();
  }

  async all(): Promise<readonly Connection[]> {
    return (await this.database.query<ConnectionRow>(ALL)).map(connectionOf);
  }

  async byId(id: string): Promise<Connection | null> {
    const [row] = await this.database.query<ConnectionRow>(BY_ID, [id]);
    return row === undefined ? null : connectionOf(row);
  }

  async secretsOf(id: string): Promise<ConnectionSecrets> {
    const [row] = await this.database.query<{ secrets: Buffer }>(SECRETS, [id]);
    if (row === undefined) throw new ConnectionNotFound();
    const plain = await this.cipher.decrypt(currentTenant().id, purposeOf(id), row.secrets);
    return secretsShape.parse(JSON.parse(plain.toString()));
  }

  async add(connection: Connection, secrets: ConnectionSecrets): Promise<void> {
    const { id, kind, provider, name, state, isDefault, origin, createdAt } = connection;
    const values = [id, kind, provider, name, state, isDefault, origin, settingsOf(connection)];
    await this.database.query(INSERT, [...values, await this.sealed(id, secrets), createdAt]);
  }

  async save(connection: Connection, secrets?: ConnectionSecrets): Promise<Connection | null> {
    const { id, version, provider, name, state, isDefault, testedBy, testedAt, refreshedAt, updatedAt } =
      connection;
    const sealed = secrets === undefined ? null : await this.sealed(id, secrets);
    const values = [id, version, provider, name, state, isDefault, settingsOf(connection), sealed];
    const [row] = await this.database.query<ConnectionRow>(SAVE, [
      ...values,
      testedBy,
      testedAt,
      refreshedAt,
      updatedAt,
    ]);
    return row === undefined ? null : connectionOf(row);
  }

  async lockAll(): Promise<void> {
    await this.database.query(LOCK_ROWS);
  }

  async remove(id: string): Promise<void> {
    await this.database.query(REMOVE, [id]);
  }

  private async sealed(id: string, secrets: ConnectionSecrets): Promise<Buffer> {
    return this.cipher.encrypt(currentTenant().id, purposeOf(id), JSON.stringify(secrets));
  }
}

const purposeOf = (id: string) => `connection:${id}`;

function settingsOf({ mapping, provisioning, saml, oidc, ldap, certificates }: Connection): string {
  return JSON.stringify({ mapping, provisioning, saml, oidc, ldap, certificates });
}

function connectionOf({ settings: { ldap = null, ...settings }, ...row }: ConnectionRow): Connection {
  return { ...row, ...settings, ldap: ldap === null ? null : ldapOf(ldap) };
}

/** What directories that were set up before there was more to say about them leave out. */
function ldapOf({ sync = ldapSyncDefaults, groups, ...ldap }: StoredLdap): LdapSettings {
  return { ...ldap, sync, groups: groups === null ? null : { memberIs: null, ...groups } };
}
