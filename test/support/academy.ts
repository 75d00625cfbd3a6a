import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Onboarding, OperatorTenant } from '#libs/contracts/tenants';
import { mailedToken } from './outbox.js';
import { operatorSite, signIn, Site } from './platform.js';

const PASSWORD = 'an-own-long-password-9';

/** An academy made for a test, by the pipeline that every academy takes. */
export interface Academy {
  readonly slug: string;
  readonly shard: string;
  readonly password: string;
  readonly ownerEmail: string;
  readonly owner: Site;
}

/** Brings the folder of a demo academy in under another name, and lets its owner accept the invitation. */
export async function anAcademy(slug: string, like = 'acme'): Promise<Academy> {
  return settled(await beginOnboarding(slug, like), like);
}

/** An academy that was made a moment ago: nobody but its owner, and nothing in it. */
export async function anEmptyAcademy(slug: string): Promise<Academy> {
  const files = {
    'tenant.yaml': `slug: ${slug}\nname: Quiet Harbour\nplan: starter\nlocale: en\nbranding:\n  primaryColor: "#4b3fa7"\n  secondaryColor: "#1d2333"\nsettings:\n  registration: invite\n  emailDomains: []\n`,
    'users.csv': 'email,name,role\nowner@quiet.example,Alex Owner,owner\n',
  };
  const bundle = {
    files: Object.entries(files).map(([path, text]) => ({
      path,
      content: Buffer.from(text).toString('base64'),
    })),
  };
  return settled(
    await operatorSite().send<Onboarding>('POST', '/api/v1/operator/onboardings', bundle),
    'quiet',
  );
}

async function settled(begun: Onboarding, like: string): Promise<Academy> {
  const { slug } = begun;
  await untilDone(begun);
  const { shard } = await liftLimits(slug);
  const ownerEmail = `owner@${like}.example`;
  const owner = await acceptInvitation(slug, ownerEmail);
  return { slug, shard, password: PASSWORD, ownerEmail, owner };
}

/** The largest plan, so that a test of many calls is not a test of the limits. */
async function liftLimits(slug: string): Promise<OperatorTenant> {
  const path = `/api/v1/operator/tenants/${slug}`;
  const { headers } = await operatorSite().call({ path });
  return operatorSite().send('PATCH', path, { plan: 'enterprise' }, { 'if-match': String(headers['etag']) });
}

/** Follows the invitation that was mailed, sets a password and signs in with it. */
export async function acceptInvitation(slug: string, email: string): Promise<Site> {
  const token = await mailedToken(slug, email, '/accept-invitation');
  await new Site(slug).send('POST', '/api/v1/auth/accept-invitation', { token, password: PASSWORD });
  return signIn(slug, email, PASSWORD);
}

/** Asks for a demo academy under another name; it is brought in while the answer is on its way. */
export async function beginOnboarding(slug: string, like: string): Promise<Onboarding> {
  const bundle = await bundleOf(slug, join('deploy', 'demo', like));
  return operatorSite().send<Onboarding>('POST', '/api/v1/operator/onboardings', bundle);
}

async function untilDone(begun: Onboarding): Promise<void> {
  const operator = operatorSite();
  let state = begun;
  const deadline = Date.now() + 60_000;
  while (state.state === 'running' && Date.now() < deadline) {
    await delay(200);
    state = await operator.get<Onboarding>(`/api/v1/operator/onboardings/${state.id}`);
  }
  if (state.state !== 'done') throw new Error(`${begun.slug} was not brought in: ${JSON.stringify(state)}`);
}

async function bundleOf(slug: string, folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name)
          .slice(folder.length + 1)
          .split(sep)
          .join('/');
        const text = await readFile(join(parentPath, name), 'utf8');
        const content = path === 'tenant.yaml' ? text.replace(/^slug: .*$/m, `slug: ${slug}`) : text;
        return { path, content: Buffer.from(content).toString('base64') };
      }),
  );
  return { files };
}
