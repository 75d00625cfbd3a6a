import { Injectable } from '@nestjs/common';
import { connectionChanged } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, DomainError } from '#libs/kernel';
import { OutboundClient } from '#libs/outbound';
import { UnitOfWork } from '#libs/tenancy';
import { ConnectionNotFound, MetadataUnreadable, TooManyLooks } from '../connection/connection.errors.js';
import { isSaml, toldOf, type Connection, type SamlConnection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { readIdpMetadata } from '../saml/idp-metadata.js';
import { RequestBudget } from '../throttle/request-budget.js';
import { nextLook } from './connection-care.js';
import { ConnectionCareRepository } from './connection-care.repository.js';

const MINUTE = 60;

/** Reads the metadata of a provider anew. What it says now is taken over; where it says nothing, all stays as it is. */
@Injectable()
export class RefreshMetadata {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly care: ConnectionCareRepository,
    private readonly outbound: OutboundClient,
    private readonly budget: RequestBudget,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** On the word of an administrator. @throws ConnectionNotFound, MetadataUnreadable, TooManyLooks */
  async now(id: string): Promise<Connection> {
    const connection = await this.connections.byId(id);
    const care = await this.care.byId(id);
    if (connection === null || care === null) throw new ConnectionNotFound();
    if (!isSaml(connection) || connection.saml.metadataUrl === null) {
      throw new MetadataUnreadable('This connection has no metadata address.');
    }
    if (!(await this.budget.allows(['metadata', id], 6, MINUTE))) throw new TooManyLooks();
    const outcome = await this.execute(connection);
    const now = this.clock.now();
    const failures = outcome.error === null ? 0 : care.failures + 1;
    await this.care.save({ ...care, failures, error: outcome.error }, nextLook(now, failures, Math.random()));
    if (outcome.error !== null) throw new MetadataUnreadable(outcome.error);
    return outcome.connection;
  }

  /** The connection as it is afterwards, and what kept it from being read. */
  async execute(before: SamlConnection): Promise<{ connection: Connection; error: string | null }> {
    try {
      const described = await this.described(before);
      return { connection: await this.taken(before, described), error: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { connection: before, error: error.message.slice(0, 500) };
    }
  }

  private async described({ saml }: SamlConnection) {
    const { status, bytes } = await this.outbound.call(saml.metadataUrl ?? '');
    if (status !== 200) throw new MetadataUnreadable(`The metadata address answers ${status}.`);
    const found = await readIdpMetadata(bytes.toString('utf8'), saml.entityId, this.clock.now());
    for (const url of [found.ssoUrl, found.sloUrl]) if (url !== null) this.outbound.requireCallable(url);
    return found;
  }

  private async taken(
    before: SamlConnection,
    { ssoUrl, sloUrl, certificates }: Awaited<ReturnType<typeof readIdpMetadata>>,
  ): Promise<Connection> {
    const saml = { ...before.saml, ssoUrl, sloUrl, certificates };
    const changed = (['ssoUrl', 'sloUrl', 'certificates'] as const).filter(
      (field) => JSON.stringify(before.saml[field]) !== JSON.stringify(saml[field]),
    );
    const now = this.clock.now();
    return this.unitOfWork.run(async () => {
      const updatedAt = changed.length === 0 ? before.updatedAt : now;
      const saved = await this.connections.save({ ...before, saml, refreshedAt: now, updatedAt });
      // Somebody changed it meanwhile: what he did counts, and it is looked at again.
      if (saved === null) return before;
      if (changed.length > 0) {
        const fields = changed.map((field) => `saml.${field}`);
        await this.events.append(connectionChanged, before.id, { ...toldOf(saved), changed: fields });
      }
      return saved;
    });
  }
}
