import { Argument, Option, type Command } from 'commander';
import { plans, tiers, type EndpointRequest, type Page, type Plan } from '#libs/contracts';
import {
  changePlan,
  createTenant,
  listTenantDomains,
  listTenants,
  resumeTenant,
  showTenant,
  suspendTenant,
  type Domain,
  type OperatorTenant,
} from '#libs/contracts/tenants';
import { show, type CliContext } from '../cli-context.js';
import { facts, table } from '../terminal.js';
import { addImport } from './import-folder.js';
import { wholeNumber } from './whole-number.js';

type Search = Omit<NonNullable<EndpointRequest<typeof listTenants>['query']>, 'limit' | 'cursor'>;

export function addTenants(program: Command, context: CliContext): void {
  const { api } = context;
  const tenants = program.command('tenants').description('the academies on the platform');

  tenants
    .command('list')
    .description('all tenants, by slug')
    .option('-q, --query <text>', 'only those with this in slug or name')
    .addOption(new Option('--status <status>', 'only these').choices(['provisioning', 'active', 'suspended']))
    .addOption(new Option('--plan <plan>', 'only these').choices([...plans]))
    .addOption(new Option('--tier <tier>', 'only these').choices([...tiers]))
    .option('--shard <shard>', 'only those on this shard')
    .addOption(new Option('--health <health>', 'only these').choices(['healthy', 'warning', 'critical']))
    .addOption(
      new Option('--sort <sort>', 'by what').choices([
        'slug',
        'name',
        'size',
        'storage',
        'last_activity',
        'created',
      ]),
    )
    .addOption(new Option('--order <order>', 'which way').choices(['asc', 'desc']))
    .action(async ({ query, ...filter }: Search & { query?: string }, command: Command) => {
      const found = await search(context, { ...filter, ...(query !== undefined && { q: query }) });
      show(context, command, found, () => tenantTable(found));
    });

  tenants
    .command('create')
    .description('provision a tenant; repeating it finishes what was interrupted')
    .argument('<slug>', 'its label under the base domain')
    .requiredOption('--name <name>', 'the name of the organisation')
    .addOption(new Option('--plan <plan>', 'its plan').choices([...plans]).makeOptionMandatory())
    .option('--users <number>', 'how many users to expect; decides the tier', wholeNumber, 0)
    .option('--primary <colour>', 'primary colour, as #1d4ed8')
    .option('--secondary <colour>', 'secondary colour, as #0f172a')
    .action(async (slug: string, options: Creation, command: Command) => {
      const tenant = await api.call(createTenant, { body: bodyOf(slug, options) });
      show(context, command, tenant, () => describe(tenant));
    });

  tenants
    .command('show')
    .description('one tenant and its hosts')
    .argument('<tenant>', 'slug or id')
    .action(async (tenantId: string, _options: object, command: Command) => {
      const params = { tenantId };
      const tenant = await api.call(showTenant, { params });
      const { items } = await api.call(listTenantDomains, { params });
      show(context, command, { ...tenant, domains: items }, () => describe(tenant, items));
    });

  tenants
    .command('suspend')
    .description('close a tenant to its people; nothing is deleted')
    .argument('<tenant>', 'slug or id')
    .requiredOption('--reason <text>', 'why; it is kept in the audit log')
    .action(async (tenantId: string, { reason }: { reason: string }, command: Command) => {
      const tenant = await api.call(suspendTenant, { params: { tenantId }, body: { reason } });
      show(context, command, tenant, () => describe(tenant));
    });

  tenants
    .command('resume')
    .description('open a suspended tenant again')
    .argument('<tenant>', 'slug or id')
    .option('--reason <text>', 'why; it is kept in the audit log')
    .action(async (tenantId: string, { reason }: { reason?: string }, command: Command) => {
      const body = reason === undefined ? {} : { reason };
      const tenant = await api.call(resumeTenant, { params: { tenantId }, body });
      show(context, command, tenant, () => describe(tenant));
    });

  tenants
    .command('plan')
    .description('put a tenant on another plan')
    .argument('<tenant>', 'slug or id')
    .addArgument(new Argument('<plan>', 'its new plan').choices([...plans]))
    .option('--reason <text>', 'why; it is kept in the audit log')
    .action(async (tenantId: string, plan: Plan, { reason }: { reason?: string }, command: Command) => {
      const params = { tenantId };
      // Whatever plan it has now: the operator says what it shall have.
      const etag = await api.etag(showTenant, { params });
      const body = reason === undefined ? { plan } : { plan, reason };
      const tenant = await api.call(changePlan, { params, body }, etag);
      show(context, command, tenant, () => describe(tenant));
    });

  addImport(tenants, context);
}

async function search({ api }: CliContext, filter: Search): Promise<OperatorTenant[]> {
  const found: OperatorTenant[] = [];
  let cursor: string | null = null;
  do {
    const query = { ...filter, limit: 100, ...(cursor !== null && { cursor }) };
    const page: Page<OperatorTenant> = await api.call(listTenants, {
      query,
    });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

interface Creation {
  readonly name: string;
  readonly plan: Plan;
  readonly users: number;
  readonly primary?: string;
  readonly secondary?: string;
}

function bodyOf(slug: string, { name, plan, users, primary, secondary }: Creation) {
  const colors =
    primary === undefined && secondary === undefined
      ? {}
      : { branding: { primaryColor: primary ?? '#1d4ed8', secondaryColor: secondary ?? '#0f172a' } };
  return { slug, name, plan, expectedUsers: users, ...colors };
}

function tenantTable(tenants: readonly OperatorTenant[]): string {
  if (tenants.length === 0) return 'No tenants.\n';
  return table(
    ['slug', 'name', 'plan', 'status', 'users', 'tier', 'shard', 'host'],
    tenants.map(({ slug, name, plan, status, size, tier, shard, host }) => [
      slug,
      name,
      plan,
      status,
      String(size),
      tier,
      shard,
      host,
    ]),
  );
}

function describe(tenant: OperatorTenant, domains?: readonly Domain[]): string {
  const hosts = domains?.map(({ host, state }) => `${host} (${state})`).join(', ') ?? tenant.host;
  return facts([
    ['Tenant', `${tenant.slug} (${tenant.name})`],
    ['Id', tenant.id],
    ['Plan', tenant.plan],
    ['Status', tenant.status],
    ['Users', String(tenant.size)],
    ['Shard', `${tenant.shard} (${tenant.tier}, epoch ${tenant.epoch})`],
    ['Hosts', hosts],
    ['Created', tenant.createdAt],
  ]);
}
