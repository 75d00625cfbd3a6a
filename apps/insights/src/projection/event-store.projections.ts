import { Injectable } from '@nestjs/common';
import {
  projectionReplayOrdered,
  type ProjectionOverview,
  type ProjectionSummary,
} from '#libs/contracts/insights';
import { EventLog, lagOf, ProjectionLag, ProjectionRunner, Projector, relayBacklog } from '#libs/events';
import { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { currentContext, runInContext } from '#libs/tenancy';
import { ProjectionUnknown, TenantUnknown } from './projection.errors.js';
import { Projections } from './projections.js';

const SHOWN = 100;

/** Reads ids and positions of all tenants; enters one only to order a replay. */
@Injectable()
export class EventStoreProjections extends Projections {
  private readonly lag: ProjectionLag;
  private readonly projector: Projector;

  constructor(
    private readonly relay: RelayDatabase,
    private readonly database: TenantDatabase,
    private readonly directory: ShardDirectory,
    private readonly events: EventLog,
    private readonly runner: ProjectionRunner,
  ) {
    super();
    this.lag = new ProjectionLag(relay);
    this.projector = new Projector({ database });
  }

  async overview(): Promise<ProjectionOverview> {
    const [known, relays] = await Promise.all([this.lag.known(), relayBacklog(this.relay)]);
    const names = [...known.keys()].sort();
    const projections = await Promise.all(names.map((name) => this.summary(name, known.get(name) ?? 0)));
    return { projections, relays };
  }

  async replay(tenantId: string, projection: string): Promise<void> {
    const tenant = await this.directory.tenantById(tenantId);
    if (tenant === null) throw new TenantUnknown();
    const { id, slug, name, plan, status } = tenant;
    await runInContext({ ...currentContext(), tenant: { id, slug, name, plan, status } }, () =>
      this.database.run(async () => {
        if (!(await this.projector.orderReplay(projection))) throw new ProjectionUnknown(projection);
        await this.events.append(projectionReplayOrdered, projection, { projection });
      }),
    );
    this.runner.wake(tenantId, projection);
  }

  private async summary(projection: string, tenants: number): Promise<ProjectionSummary> {
    const behind = await this.lag.behind(projection);
    return {
      ...{ projection, tenants },
      lag: lagOf(behind),
      behind: behind.slice(0, SHOWN).map(({ failure, ...one }) => ({ ...one, error: failure })),
    };
  }
}
