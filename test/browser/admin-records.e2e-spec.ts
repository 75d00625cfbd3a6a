import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '#libs/events/testing';
import type { Page as Listed } from '#libs/contracts';
import type { MailPreview, User } from '#libs/contracts/auth';
import type { AuditEntry, Usage } from '#libs/contracts/insights';
import type { OperatorTenant } from '#libs/contracts/tenants';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { anAcademy, type Academy } from '../support/academy.js';
import {
  accessibilityFaults,
  addressOf,
  desktop,
  launchBrowser,
  openPage,
  phone,
  picture,
  signInAs,
} from '../support/browser.js';
import { press, type } from '../support/keyboard.js';
import { mailedLink } from '../support/outbox.js';
import { DEMO_PASSWORD, operatorSite } from '../support/platform.js';

const brands = [
  { like: 'acme', color: '#b4400f', view: desktop },
  { like: 'globex', color: '#0b6e69', view: phone },
] as const;
type Like = (typeof brands)[number]['like'];

/** What is kept of an academy, and what leaves it: looked up, set up, and made anew. */
describe('the records and mails of an academy', () => {
  const stamp = Date.now().toString(36);
  let browser: Browser;
  let academies: Readonly<Record<Like, Academy>>;

  beforeAll(async () => {
    browser = await launchBrowser();
    const [acme, globex] = await Promise.all(
      brands.map(({ like }) => anAcademy(`records-${like}-${stamp}`, like)),
    );
    if (acme === undefined || globex === undefined) throw new Error('There are no two academies.');
    academies = { acme, globex };
  }, 120_000);

  afterAll(async () => browser.close());

  const asOwner = async (like: Like, view = desktop): Promise<Page> => {
    const { page } = await openPage(browser, view);
    const { slug, ownerEmail, password } = academies[like];
    await signInAs(page, slug, ownerEmail, password);
    return page;
  };
  const auditOf = ({ owner }: Academy, type: string) =>
    owner.get<Listed<AuditEntry>>(`/api/v1/audit?type=${type}&limit=100`);

  it.each(brands)(
    'begin with a team and invitations into it, by keyboard alone, in the brand of $like',
    async ({ like, view }) => {
      const { owner, slug } = academies[like];
      const page = await asOwner(like, view);
      const dialog = page.getByRole('dialog');
      await page.goto(addressOf(slug, '/admin/teams'));
      await press(page.getByRole('button', { name: 'New team' }).first());
      await dialog.getByRole('textbox', { name: 'Name' }).focus();
      await page.keyboard.type('Early shift');
      await page.keyboard.press('Enter');
      await page.getByText('Team “Early shift” created').waitFor();

      await page.goto(addressOf(slug, '/admin/people'));
      await press(page.getByRole('button', { name: 'Invite people' }).first());
      const addresses = dialog.getByRole('textbox', { name: 'E-mail addresses' });
      await type(addresses, 'nobody at all');
      await press(dialog.getByRole('button', { name: 'Send invitation' }));
      await dialog.getByText('No e-mail address in: nobody at all').waitFor();
      const [jo, max] = ['jo', 'max'].map((name) => `${name}.${stamp}@${like}.example`);
      await type(addresses, `Jo Mason <${jo ?? ''}>\n${max ?? ''}`);
      await dialog.getByLabel('Team').selectOption({ label: 'Early shift' });
      expect(await accessibilityFaults(page)).toEqual([]);
      await press(dialog.getByRole('button', { name: 'Send invitations: 2' }));
      await page.getByText('Invitations sent: 2').waitFor();
      const { items } = await owner.get<Listed<User>>(`/api/v1/users?q=${stamp}`);
      expect(items.map(({ name, team }) => ({ name, team }))).toEqual(
        expect.arrayContaining([
          { name: 'Jo Mason', team: 'Early shift' },
          { name: expect.any(String) as unknown, team: 'Early shift' },
        ]),
      );

      await page.goto(addressOf(slug, '/admin/people/invitations'));
      await press(page.getByRole('button', { name: `Take back the invitation of ${max ?? ''}` }));
      await page.getByText(`Invitation of ${max ?? ''} taken back`).waitFor();
      await press(page.getByRole('button', { name: 'Undo' }));
      await page.getByRole('button', { name: `Take back the invitation of ${max ?? ''}` }).waitFor();
      await page.context().close();
    },
    60_000,
  );

  it.each(brands)(
    'are found by what happened, and leave as they were found, in the brand of $like',
    async ({ like, view }) => {
      const academy = academies[like];
      await academy.owner.send('POST', '/api/v1/teams', { name: 'Night shift' });
      await until(async () => (await auditOf(academy, 'auth.team.')).items.length > 0);
      const page = await asOwner(like, view);
      await page.goto(addressOf(academy.slug, '/admin/audit'));
      const log = page.getByRole('grid', { name: 'Audit log' });
      await log.getByText('Signed in').first().waitFor();
      await page.getByLabel('Kind').selectOption({ label: 'Teams' });
      await log.getByText('Night shift').waitFor();
      await log.getByText('Signed in').first().waitFor({ state: 'detached' });
      const download = page.waitForEvent('download');
      await press(page.getByRole('link', { name: 'Export as CSV' }));
      const file = await readFile(await (await download).path(), 'utf8');
      expect(file).toContain('Night shift');
      expect(file).toContain('auth.team.created');
      expect(file).not.toContain('auth.session.');
      await page.context().close();
    },
    60_000,
  );

  it.each(brands)(
    'are measured against the plan, in the brand of $like',
    async ({ like, view }) => {
      const { owner, slug } = academies[like];
      const page = await asOwner(like, view);
      await page.goto(addressOf(slug, '/admin/usage'));
      const gauges = page.getByRole('list', { name: 'Usage against limits' });
      await gauges.getByRole('listitem').first().waitFor();
      const { usages } = await owner.get<Usage>('/api/v1/usage');
      const people = usages.find(({ limit }) => limit === 'users');
      const gauge = gauges.getByRole('listitem').filter({ hasText: 'People' });
      expect(people?.used).toBeGreaterThan(1);
      expect(await gauge.innerText()).toContain(String(people?.used));
      expect(await gauge.innerText()).toContain(
        people?.most === null ? 'Without limit' : `of ${people?.most ?? ''}`,
      );
      await page.context().close();
    },
    60_000,
  );

  it.each(brands)(
    'go out in the name that was set, with the colours and links of $like',
    async ({ like, color, view }) => {
      const { owner, slug } = academies[like];
      const page = await asOwner(like, view);
      await page.goto(addressOf(slug, '/admin/settings'));
      const sender = page.getByRole('textbox', { name: 'Name of the sender' });
      await sender.waitFor();
      await type(page.getByRole('textbox', { name: 'Answers go to' }), 'nobody');
      await press(page.getByRole('button', { name: 'Save' }));
      await page
        .getByRole('textbox', { name: 'Answers go to' })
        .and(page.locator('[aria-invalid=true]'))
        .waitFor();
      await type(page.getByRole('textbox', { name: 'Answers go to' }), `desk@${like}.example`);
      await type(sender, 'The desk');
      await press(page.getByRole('button', { name: 'Save' }));
      await page.getByText('Settings saved').waitFor();

      const preview = page.getByRole('region', { name: 'What people get' });
      await page
        .getByRole('heading', { name: 'What people get' })
        .or(preview)
        .first()
        .scrollIntoViewIfNeeded();
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      await preview.getByText('The desk <').waitFor();
      await preview.getByLabel('Mail', { exact: true }).selectOption({ label: 'A new password' });
      const shown = await owner.get<MailPreview>('/api/v1/mail-templates/password_reset');
      await preview.getByText(shown.subject, { exact: true }).waitFor();
      await preview.getByTitle(`Mail: ${shown.subject}`).waitFor();
      await page.waitForLoadState('networkidle');
      await picture(page, `${like}-${view.name}-admin-mails`);
      expect(await accessibilityFaults(page)).toEqual([]);

      const { text: letter, headers } = await owner.call({ path: shown.htmlUrl });
      expect(String(headers['content-security-policy'])).toContain('sandbox');
      expect(letter).toContain(`//${slug}.`);
      expect(letter).toContain(color);
      for (const other of brands.filter((one) => one.like !== like)) {
        expect(letter).not.toContain(other.color);
      }

      // What is sent is what was shown.
      const email = `kim.${stamp}@${like}.example`;
      await owner.send('POST', '/api/v1/users', { email, name: 'Kim', role: 'learner' });
      const { letter: sent } = await mailedLink(slug, email, '/accept-invitation');
      expect(sent).toMatch(/^From: "?The desk"? </m);
      expect(sent).toMatch(new RegExp(`^Reply-To: .*desk@${like}\\.example`, 'm'));
      await page.context().close();
    },
    60_000,
  );

  it('are made anew by an operator, and are the same then; and he sees that mails were sent, not to whom', async () => {
    const academy = academies.acme;
    const { id } = await operatorSite().get<OperatorTenant>(`/api/v1/operator/tenants/${academy.slug}`);
    const before = (await auditOf(academy, 'auth.')).items.map((entry) => entry.id);
    const { context, page } = await openPage(browser);
    await page.goto(addressOf('admin', '/control/sign-in'));
    await page.getByLabel('E-mail address').fill('operator@harka.example');
    await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
    await page.getByLabel('Password', { exact: true }).press('Enter');
    await page.waitForURL(addressOf('admin', '/control'));
    await page.goto(addressOf('admin', `/control/tenants/${id}`));
    await page.getByRole('heading', { level: 2, name: 'Read models' }).scrollIntoViewIfNeeded();
    const models = page.getByRole('table', { name: 'Read models' });
    await press(models.getByRole('button', { name: /^Rebuild .*audit/ }));
    await press(page.getByRole('dialog').getByRole('button', { name: 'Rebuild', exact: true }));
    await page.getByText(/audit\w* is being rebuilt/).waitFor();
    await until(async () => {
      const now = new Set((await auditOf(academy, 'auth.')).items.map((entry) => entry.id));
      return before.every((one) => now.has(one));
    });

    await page.goto(addressOf('admin', '/control/mails'));
    await page.getByRole('searchbox', { name: 'Tenant of the mails' }).fill(academy.slug);
    await page.getByRole('combobox').selectOption({ label: 'Sent' });
    const outbox = page.getByRole('table', { name: 'Mail outbox' });
    await outbox.getByText('invitation').first().waitFor();
    expect(await outbox.innerText()).not.toContain('@');
    await context.close();
  }, 90_000);
});
