import { Injectable } from '@nestjs/common';
import { connectionCreated, type NewConnection } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentTenant, UnitOfWork } from '#libs/tenancy';
import { LdapSyncSchedule } from '../ldap-sync/ldap-sync.schedule.js';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { ConnectionExists, TooManyConnections } from './connection.errors.js';
import { toldOf, type Connection } from './connection.js';
import { ConnectionRepository } from './connection.repository.js';
import { newOwnKey } from './own-key.js';
import { ProviderSettings } from './provider-settings.js';

const MOST_CONNECTIONS = 20;

/** Sets a connection up, as a draft: nobody signs in by it. */
@Injectable()
export class CreateConnection {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly settings: ProviderSettings,
    private readonly schedule: LdapSyncSchedule,
    private readonly profiles: TenantProfiles,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderSettingsInvalid, OutboundRefused, OutboundFailed, TooManyConnections, `entitlement.feature_not_in_plan` */
  async execute(input: NewConnection, site: RequestSite): Promise<Connection> {
    await this.entitlements.require('sso');
    const [id, now] = [input.id ?? newId(), this.clock.now()];
    const saml = input.kind === 'saml' ? await this.settings.saml(input.saml, null) : null;
    const oidc = input.kind === 'oidc' ? await this.settings.oidc(input.oidc, false) : null;
    const ldap = input.kind === 'ldap' ? this.settings.ldap(input.ldap, null) : null;
    const { certificate, key } = await newOwnKey(`${currentTenant().slug} ${id}`, now);
    const { kind, provider, name, mapping, provisioning } = input;
    const connection: Connection = {
      ...{ id, kind, provider, name, mapping, provisioning, saml, oidc, ldap, certificates: [certificate] },
      ...{ state: 'draft', isDefault: false, origin: await this.profiles.linkOrigin(site), version: 1 },
      ...{
        testedBy: null,
        testedAt: null,
        refreshedAt: (saml?.metadataUrl ?? null) === null ? null : now,
      },
      ...{ createdAt: now, updatedAt: now },
    };
    const clientSecret = input.kind === 'oidc' ? (input.oidc.clientSecret ?? null) : null;
    const bindPassword = input.kind === 'ldap' ? (input.ldap.bindPassword ?? null) : null;
    await this.unitOfWork.run(async () => {
      await this.connections.lockAll();
      if ((await this.connections.byId(id)) !== null) throw new ConnectionExists();
      if ((await this.connections.all()).length >= MOST_CONNECTIONS) {
        throw new TooManyConnections(MOST_CONNECTIONS);
      }
      await this.connections.add(connection, { clientSecret, bindPassword, keys: [key] });
      await this.schedule.follow(connection);
      await this.events.append(connectionCreated, id, toldOf(connection));
    });
    return connection;
  }
}
