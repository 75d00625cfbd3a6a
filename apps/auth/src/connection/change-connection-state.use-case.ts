import { Injectable } from '@nestjs/common';
import {
  connectionChanged,
  connectionDeleted,
  connectionDisabled,
  connectionEnabled,
} from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentTenant, UnitOfWork } from '#libs/tenancy';
import { EndProviderSessions } from '../federation/end-provider-sessions.use-case.js';
import { SetupLinkRepository } from '../setup-link/setup-link.repository.js';
import { ConnectionChanged, ConnectionNotFound, ConnectionNotTested } from './connection.errors.js';
import { toldOf, type Connection } from './connection.js';
import { ConnectionRepository } from './connection.repository.js';
import { newOwnKey } from './own-key.js';

/** Opens and closes connections, and what goes with it. */
@Injectable()
export class ChangeConnectionState {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly ending: EndProviderSessions,
    private readonly setupLinks: SetupLinkRepository,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ConnectionNotFound, ConnectionNotTested, DomainError `entitlement.feature_not_in_plan` */
  async enable(id: string): Promise<Connection> {
    await this.entitlements.require('sso');
    return this.unitOfWork.run(async () => {
      const before = await this.locked(id);
      if (before.state === 'active') return before;
      if (before.testedAt === null) throw new ConnectionNotTested();
      const isFirst = (await this.connections.all()).every(({ isDefault }) => !isDefault);
      const saved = await this.saved({ ...before, state: 'active', isDefault: before.isDefault || isFirst });
      await this.setupLinks.finishOf(id, this.clock.now());
      await this.events.append(connectionEnabled, id, toldOf(saved));
      return saved;
    });
  }

  /** Its sessions end. @throws ConnectionNotFound */
  async disable(id: string): Promise<Connection> {
    const saved = await this.unitOfWork.run(async () => {
      const before = await this.locked(id);
      if (before.state === 'disabled') return before;
      const after = await this.saved({ ...before, state: 'disabled', isDefault: false });
      await this.events.append(connectionDisabled, id, toldOf(after));
      return after;
    });
    await this.ending.execute(id, {});
    return saved;
  }

  /** @throws ConnectionNotFound */
  async makeDefault(id: string): Promise<Connection> {
    return this.unitOfWork.run(async () => {
      const before = await this.locked(id);
      if (before.isDefault) return before;
      for (const other of await this.connections.all()) {
        if (other.isDefault) await this.saved({ ...other, isDefault: false });
      }
      const saved = await this.saved({ ...before, isDefault: true });
      await this.events.append(connectionChanged, id, { ...toldOf(saved), changed: ['isDefault'] });
      return saved;
    });
  }

  /**
   * First announces a new key of our side, which decrypts already while the old one signs; asked once more, the new one
   * signs and the old one is gone. @throws ConnectionNotFound
   */
  async rotateKey(id: string): Promise<Connection> {
    const fresh = await newOwnKey(`${currentTenant().slug} ${id}`, this.clock.now());
    return this.unitOfWork.run(async () => {
      const before = await this.locked(id);
      const secrets = await this.connections.secretsOf(id);
      const isAnnounced = before.certificates.length > 1;
      const keys = isAnnounced ? secrets.keys.slice(0, 1) : [fresh.key, ...secrets.keys];
      const certificates = isAnnounced
        ? before.certificates.slice(0, 1)
        : [fresh.certificate, ...before.certificates];
      const saved = await this.connections.save(
        { ...before, certificates, updatedAt: this.clock.now() },
        { ...secrets, keys },
      );
      if (saved === null) throw new ConnectionChanged();
      await this.events.append(connectionChanged, id, { ...toldOf(saved), changed: ['certificates'] });
      return saved;
    });
  }

  /** Its sessions end, and nobody is known by it any more; the people stay. @throws ConnectionNotFound */
  async remove(id: string): Promise<void> {
    await this.disable(id);
    await this.unitOfWork.run(async () => {
      const connection = await this.locked(id);
      await this.connections.remove(id);
      await this.setupLinks.finishOf(id, this.clock.now());
      await this.events.append(connectionDeleted, id, toldOf(connection));
    });
  }

  private async locked(id: string): Promise<Connection> {
    await this.connections.lockAll();
    const connection = await this.connections.byId(id);
    if (connection === null) throw new ConnectionNotFound();
    return connection;
  }

  private async saved(connection: Connection): Promise<Connection> {
    const saved = await this.connections.save({ ...connection, updatedAt: this.clock.now() });
    if (saved === null) throw new ConnectionChanged();
    return saved;
  }
}
