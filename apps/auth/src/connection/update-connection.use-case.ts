import { Injectable } from '@nestjs/common';
import { connectionChanged, type ConnectionPatch } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { LdapSyncSchedule } from '../ldap-sync/ldap-sync.schedule.js';
import { ConnectionChanged, ConnectionKindMismatch, ConnectionNotFound } from './connection.errors.js';
import { toldOf, type Connection } from './connection.js';
import { ConnectionRepository } from './connection.repository.js';
import { ProviderSettings } from './provider-settings.js';

/** Changes a connection. One that is not in use yet has to be tested anew when what is said about the provider changes. */
@Injectable()
export class UpdateConnection {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly settings: ProviderSettings,
    private readonly schedule: LdapSyncSchedule,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ConnectionNotFound, ConnectionChanged, ConnectionKindMismatch, and as CreateConnection */
  async execute(id: string, patch: ConnectionPatch, seenVersion: string): Promise<Connection> {
    await this.entitlements.require('sso');
    const before = await this.connections.byId(id);
    if (before === null) throw new ConnectionNotFound();
    if (String(before.version) !== seenVersion) throw new ConnectionChanged();
    for (const kind of ['saml', 'oidc', 'ldap'] as const) {
      if (patch[kind] !== undefined && before.kind !== kind) throw new ConnectionKindMismatch();
    }
    const saml = patch.saml === undefined ? before.saml : await this.settings.saml(patch.saml, before.saml);
    const oidc = patch.oidc === undefined ? before.oidc : await this.settings.oidc(patch.oidc, true);
    const ldap = patch.ldap === undefined ? before.ldap : this.settings.ldap(patch.ldap, before.ldap);
    const now = this.clock.now();
    const { name = before.name, provider = before.provider } = patch;
    const { mapping = before.mapping, provisioning = before.provisioning } = patch;
    const edited = { ...before, name, provider, mapping, provisioning, saml, oidc, ldap, updatedAt: now };
    const changed = changedFields(before, edited, patch);
    const asksForTest = changed.some((field) => /^(saml|oidc|ldap)/.test(field) && field !== 'ldap.sync');
    const after: Connection = asksForTest
      ? {
          ...edited,
          testedBy: null,
          testedAt: null,
          state: before.state === 'tested' ? 'draft' : before.state,
        }
      : edited;
    return this.unitOfWork.run(async () => {
      const [clientSecret, bindPassword] = [patch.oidc?.clientSecret, patch.ldap?.bindPassword];
      const given = {
        ...(clientSecret === undefined ? {} : { clientSecret }),
        ...(bindPassword === undefined ? {} : { bindPassword }),
      };
      const secrets =
        Object.keys(given).length === 0 ? undefined : { ...(await this.connections.secretsOf(id)), ...given };
      const saved = await this.connections.save(after, secrets);
      if (saved === null) throw new ConnectionChanged();
      if (changed.includes('ldap.sync')) await this.schedule.follow(saved);
      await this.events.append(connectionChanged, id, { ...toldOf(saved), changed });
      return saved;
    });
  }
}

/** The names of what is different, for the audit log. A secret shows as its name. */
function changedFields(before: Connection, after: Connection, patch: ConnectionPatch): string[] {
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  const top = (['name', 'provider', 'mapping', 'provisioning'] as const).filter((field) =>
    differs(before[field], after[field]),
  );
  const inner = (['saml', 'oidc', 'ldap'] as const).flatMap((kind) => {
    const [was, is]: Readonly<Record<string, unknown>>[] = [{ ...before[kind] }, { ...after[kind] }];
    return Object.keys({ ...was, ...is })
      .filter((field) => differs(was?.[field], is?.[field]))
      .map((field) => `${kind}.${field}`);
  });
  return [
    ...top,
    ...inner,
    ...(patch.oidc?.clientSecret === undefined ? [] : ['oidc.clientSecret']),
    ...(patch.ldap?.bindPassword === undefined ? [] : ['ldap.bindPassword']),
  ];
}
