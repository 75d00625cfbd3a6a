import { Controller } from '@nestjs/common';
import {
  createConnection,
  deleteConnection,
  disableConnection,
  enableConnection,
  getAttempt,
  getConnection,
  listAttempts,
  listConnections,
  makeDefaultConnection,
  previewMapping,
  refreshConnection,
  rotateConnectionKey,
  testConnection,
  updateConnection,
} from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { Endpoint, Input, withETag, type InputOf, type ResultOf } from '#libs/service';
import { LdapServers } from '../ldap/ldap-servers.js';
import { RefreshMetadata } from '../connection-care/refresh-metadata.use-case.js';
import { ChangeConnectionState } from './change-connection-state.use-case.js';
import type { Connection } from './connection.js';
import { connectionView } from './connection-view.js';
import { CreateConnection } from './create-connection.use-case.js';
import { ShowAttempts } from './show-attempts.use-case.js';
import { ShowConnections } from './show-connections.use-case.js';
import { TestConnection } from './test-connection.use-case.js';
import { UpdateConnection } from './update-connection.use-case.js';

type OneInput = InputOf<typeof getConnection>;

@Controller()
export class ConnectionController {
  constructor(
    private readonly shown: ShowConnections,
    private readonly create: CreateConnection,
    private readonly update: UpdateConnection,
    private readonly state: ChangeConnectionState,
    private readonly test: TestConnection,
    private readonly refreshing: RefreshMetadata,
    private readonly attempts: ShowAttempts,
    private readonly ldapServers: LdapServers,
    private readonly clock: Clock,
  ) {}

  @Endpoint(listConnections)
  async list(): Promise<ResultOf<typeof listConnections>> {
    return { items: (await this.shown.all()).map((connection) => this.view(connection)), nextCursor: null };
  }

  @Endpoint(createConnection)
  async add(@Input() input: InputOf<typeof createConnection>): Promise<ResultOf<typeof createConnection>> {
    return this.view(await this.create.execute(input.body, input));
  }

  @Endpoint(getConnection)
  async one(@Input() { params }: OneInput): Promise<ResultOf<typeof getConnection>> {
    return this.tagged(await this.shown.one(params.connectionId));
  }

  @Endpoint(updateConnection)
  async change(@Input() input: InputOf<typeof updateConnection>): Promise<ResultOf<typeof updateConnection>> {
    return this.tagged(await this.update.execute(input.params.connectionId, input.body, input.ifMatch));
  }

  @Endpoint(deleteConnection)
  async remove(@Input() { params }: OneInput): Promise<ResultOf<typeof deleteConnection>> {
    await this.state.remove(params.connectionId);
    return undefined;
  }

  @Endpoint(enableConnection)
  async enable(@Input() { params }: OneInput): Promise<ResultOf<typeof enableConnection>> {
    return this.tagged(await this.state.enable(params.connectionId));
  }

  @Endpoint(disableConnection)
  async disable(@Input() { params }: OneInput): Promise<ResultOf<typeof disableConnection>> {
    return this.tagged(await this.state.disable(params.connectionId));
  }

  @Endpoint(makeDefaultConnection)
  async makeDefault(@Input() { params }: OneInput): Promise<ResultOf<typeof makeDefaultConnection>> {
    return this.tagged(await this.state.makeDefault(params.connectionId));
  }

  @Endpoint(rotateConnectionKey)
  async rotateKey(@Input() { params }: OneInput): Promise<ResultOf<typeof rotateConnectionKey>> {
    return this.tagged(await this.state.rotateKey(params.connectionId));
  }

  @Endpoint(refreshConnection)
  async refresh(@Input() { params }: OneInput): Promise<ResultOf<typeof refreshConnection>> {
    return this.tagged(await this.refreshing.now(params.connectionId));
  }

  @Endpoint(testConnection)
  async begin(@Input() { params }: OneInput): Promise<ResultOf<typeof testConnection>> {
    return { startUrl: await this.test.execute(params.connectionId) };
  }

  @Endpoint(listAttempts)
  async trace(
    @Input() { params, query }: InputOf<typeof listAttempts>,
  ): Promise<ResultOf<typeof listAttempts>> {
    return this.attempts.page(params.connectionId, query.limit, query.cursor);
  }

  @Endpoint(getAttempt)
  async attempt(@Input() { params }: InputOf<typeof getAttempt>): Promise<ResultOf<typeof getAttempt>> {
    return this.attempts.one(params.connectionId, params.attemptId);
  }

  @Endpoint(previewMapping)
  async preview(
    @Input() { params, body }: InputOf<typeof previewMapping>,
  ): Promise<ResultOf<typeof previewMapping>> {
    return { person: await this.attempts.preview(params.connectionId, body) };
  }

  private tagged(connection: Connection) {
    return withETag(this.view(connection), connection.version);
  }

  private view(connection: Connection) {
    const health = this.ldapServers.healthOf(connection.id, connection.ldap?.servers ?? []);
    return connectionView(connection, this.clock.now(), health);
  }
}
