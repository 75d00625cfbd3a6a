import type { Command } from 'commander';
import { listProjections, replayProjection, type ProjectionOverview } from '#libs/contracts/insights';
import { showTenant } from '#libs/contracts/tenants';
import { show, type CliContext } from '../cli-context.js';
import { Failure } from '../failure.js';
import { line, table } from '../terminal.js';
import { wholeNumber } from './whole-number.js';

const POLL = 500;

export function addEvents(program: Command, context: CliContext): void {
  const { api } = context;
  const events = program.command('events').description('the read models that are kept by events');

  events
    .command('replay')
    .description('rebuild a read model of a tenant from its events')
    .argument('<tenant>', 'slug or id')
    .argument('<projection>', 'service.noun, as `events verify` lists them')
    .option('--no-wait', 'do not wait until it is rebuilt')
    .action(async (tenant: string, projection: string, { wait }: { wait: boolean }, command: Command) => {
      const { id: tenantId } = await api.call(showTenant, { params: { tenantId: tenant } });
      const accepted = await api.call(replayProjection, { body: { tenantId, projection } });
      if (!wait) {
        show(context, command, accepted, () => line(`${projection} of ${tenant} is being rebuilt.`));
        return;
      }
      await rebuilt(context, tenantId, projection);
      const done = { ...accepted, status: 'rebuilt' };
      show(context, command, done, () => line(`${projection} of ${tenant} is rebuilt.`));
    });

  events
    .command('verify')
    .description('whether all read models and relays have caught up with the events')
    .option('--wait <seconds>', 'how long to give them', wholeNumber, 0)
    .action(async ({ wait }: { wait: number }, command: Command) => {
      const overview = await caughtUp(context, wait);
      const faults = faultsOf(overview);
      if (faults.length > 0) throw new Failure(`Not caught up: ${faults.join('; ')}.`, 'events.behind');
      show(context, command, overview, () => overviewTable(overview));
    });
}

async function rebuilt({ api, wait }: CliContext, tenantId: string, projection: string): Promise<void> {
  for (;;) {
    const { projections } = await api.call(listProjections);
    const all = projections.find((one) => one.projection === projection)?.behind ?? [];
    const own = all.find((one) => one.tenantId === tenantId);
    if (own === undefined || own.status === 'active') return;
    if (own.status === 'parked') {
      throw new Failure(
        `${projection} is parked: ${own.error ?? 'an event cannot be applied'}.`,
        'events.parked',
      );
    }
    await wait(POLL);
  }
}

async function caughtUp({ api, wait }: CliContext, seconds: number): Promise<ProjectionOverview> {
  let overview = await api.call(listProjections);
  for (let waited = 0; waited < seconds * 1000 && faultsOf(overview).length > 0; waited += POLL) {
    await wait(POLL);
    overview = await api.call(listProjections);
  }
  return overview;
}

function faultsOf({ projections, relays }: ProjectionOverview): string[] {
  return [
    ...projections.flatMap(({ projection, lag, behind }) => {
      const parked = behind.filter(({ status }) => status === 'parked').length;
      if (parked > 0) return [`${projection} is parked for ${parked} tenants`];
      return lag > 0 ? [`${projection} is ${lag} events behind`] : [];
    }),
    ...relays.flatMap(({ shard, pending, reachable }) => {
      if (!reachable) return [`the shard ${shard} does not answer`];
      return pending > 0 ? [`${pending} events of ${shard} are not published`] : [];
    }),
  ];
}

function overviewTable({ projections, relays }: ProjectionOverview): string {
  const models = projections.map(({ projection, tenants, lag }) => [
    projection,
    String(tenants),
    String(lag),
  ]);
  const pending = relays.map(({ shard, pending: waiting }) => [shard, String(waiting)]);
  return [
    table(['read model', 'tenants', 'behind'], models),
    line(''),
    table(['shard', 'unpublished'], pending),
  ].join('');
}
