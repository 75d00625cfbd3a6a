import type { Command } from 'commander';
import {
  addTenantDomain,
  listTenantDomains,
  removeTenantDomain,
  verifyTenantDomain,
  type Domain,
} from '#libs/contracts/tenants';
import { show, type CliContext } from '../cli-context.js';
import { line, table } from '../terminal.js';

export function addDomains(program: Command, context: CliContext): void {
  const { api } = context;
  const domains = program.command('domains').description('the host names of a tenant');

  domains
    .command('list')
    .description('the hosts of a tenant')
    .argument('<tenant>', 'slug or id')
    .action(async (tenantId: string, _options: object, command: Command) => {
      const { items } = await api.call(listTenantDomains, { params: { tenantId } });
      show(context, command, items, () => domainTable(items));
    });

  domains
    .command('add')
    .description('announce a custom domain; it leads to the tenant once it is verified')
    .argument('<tenant>', 'slug or id')
    .argument('<host>', 'such as academy.example.org')
    .action(async (tenantId: string, host: string, _options: object, command: Command) => {
      const domain = await api.call(addTenantDomain, { params: { tenantId }, body: { host } });
      show(context, command, domain, () => whatToDo(tenantId, domain));
    });

  domains
    .command('verify')
    .description('look the TXT record of a custom domain up')
    .argument('<tenant>', 'slug or id')
    .argument('<host>', 'as it was added')
    .action(async (tenantId: string, host: string, _options: object, command: Command) => {
      const domain = await api.call(verifyTenantDomain, { params: { tenantId, host } });
      show(context, command, domain, () => line(`${host} is verified and leads to ${tenantId}.`));
    });

  domains
    .command('remove')
    .description('take a custom domain from a tenant; it leads nowhere from then on')
    .argument('<tenant>', 'slug or id')
    .argument('<host>', 'as it was added')
    .action(async (tenantId: string, host: string, _options: object, command: Command) => {
      await api.call(removeTenantDomain, { params: { tenantId, host } });
      show(context, command, { host, removed: true }, () =>
        line(`${host} does not belong to ${tenantId} any more.`),
      );
    });
}

function domainTable(domains: readonly Domain[]): string {
  return table(
    ['host', 'kind', 'state', 'verified', 'txt record'],
    domains.map(({ host, kind, state, verifiedAt, proof }) => [
      host,
      kind,
      state,
      verifiedAt ?? '',
      proof === null ? '' : `${proof.name} "${proof.value}"`,
    ]),
  );
}

function whatToDo(tenant: string, { host, state, proof }: Domain): string {
  if (proof === null || state === 'verified') return line(`${host} is ${state}.`);
  return [
    line(`Put this record into the DNS of ${host}:`),
    line(''),
    line(`  ${proof.name}.  TXT  "${proof.value}"`),
    line(''),
    line(`Then run: harka domains verify ${tenant} ${host}`),
  ].join('');
}
