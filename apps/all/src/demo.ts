import { createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setDemoOperators, setDemoPasswords } from '#libs/contracts/auth';
import {
  listOnboardings,
  showOnboarding,
  startOnboarding,
  type Bundle,
  type Onboarding,
} from '#libs/contracts/tenants';
import { anonymous, runAsService, runInContext } from '#libs/tenancy';
import { ServiceClient, type RunningService } from '#libs/service';
import { ShardDirectory } from '#libs/sharding';
import { newId } from '#libs/kernel';
import { setTimeout as delay } from 'node:timers/promises';
import type { AllConfig } from './all.config.js';

export const demoSlugs = ['acme', 'globex', 'initech'] as const;
const demoRoles = ['owner', 'author', 'learner'] as const;
const KNOWN_PASSWORD = 'harka-demo-1';

export interface DemoSignIns {
  readonly password: string;
  readonly operator: string;
  readonly accounts: readonly { readonly slug: string; readonly emails: readonly string[] }[];
}

/** Who can sign in to the demo. One that strangers can reach has a password that only its installation knows. */
export function demoSignIns({ HARKA_DEMO_PUBLIC, HARKA_MASTER_KEY }: AllConfig): DemoSignIns {
  const derived = createHmac('sha256', HARKA_MASTER_KEY)
    .update('demo password')
    .digest('base64url')
    .slice(0, 20);
  return {
    password: HARKA_DEMO_PUBLIC ? derived : KNOWN_PASSWORD,
    operator: 'operator@harka.example',
    accounts: demoSlugs.map((slug) => ({ slug, emails: demoRoles.map((role) => `${role}@${slug}.example`) })),
  };
}

/**
 * Brings the demo's academies in by the pipeline that every academy takes, and gives the named accounts their passwords. What is there already stays
 * as its people left it.
 */
export async function seedDemo(services: readonly RunningService[], config: AllConfig): Promise<void> {
  const tenants = services.find(({ name }) => name === 'tenants');
  if (tenants === undefined) throw new Error('The demo needs the tenants service.');
  const client = tenants.app.get(ServiceClient);
  const directory = tenants.app.get(ShardDirectory);
  const { password, operator, accounts } = demoSignIns(config);

  const done = await asOperator(async () => doneSlugs(client));
  for (const slug of demoSlugs) {
    if (!done.has(slug)) {
      await asOperator(async () => onboard(client, await bundleOf(join(config.HARKA_DEMO_FOLDER, slug))));
    }
  }
  for (const { slug, emails } of accounts) {
    const tenant = await directory.tenantBySlug(slug);
    if (tenant === null) throw new Error(`The demo's academy ${slug} is not in the directory.`);
    const body = { accounts: emails.map((email) => ({ email, password })) };
    await runAsService(tenant, 'tenants', async () => client.call(setDemoPasswords, { body }));
  }
  await asOperator(
    async () =>
      client.call(setDemoOperators, {
        body: { accounts: [{ email: operator, name: 'Operator', password }] },
      }),
    'service',
  );
}

async function asOperator<R>(work: () => Promise<R>, kind: 'operator' | 'service' = 'operator'): Promise<R> {
  const actor = { ...anonymous, kind, id: 'demo', name: 'demo' };
  return runInContext(
    { tenant: null, actor, requestId: newId(), traceparent: null, ip: null, userAgent: null },
    work,
  );
}

async function doneSlugs(client: ServiceClient): Promise<Set<string>> {
  const { items } = await client.call(listOnboardings, { query: { limit: 100 } });
  return new Set(items.filter(({ state }) => state === 'done').map(({ slug }) => slug));
}

async function onboard(client: ServiceClient, bundle: Bundle): Promise<void> {
  let onboarding: Onboarding = await client.call(startOnboarding, { body: bundle });
  while (onboarding.state === 'running') {
    await delay(100);
    onboarding = await client.call(showOnboarding, { params: { onboardingId: onboarding.id } });
  }
  if (onboarding.failure !== null) {
    throw new Error(`The demo's academy ${onboarding.slug} was not brought in: ${onboarding.failure.detail}`);
  }
}

async function bundleOf(folder: string): Promise<Bundle> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return {
    files: await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return { path: path.slice(folder.length + 1), content: (await readFile(path)).toString('base64') };
      }),
    ),
  };
}
