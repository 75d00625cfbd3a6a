import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Download, Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import {
  accessibilityFaults,
  addressOf,
  dark,
  desktop,
  launchBrowser,
  openPage,
  phone,
  picture,
  signInAs,
} from '../support/browser.js';
import { DEMO_PASSWORD, signIn } from '../support/platform.js';

const academies = [
  { slug: 'globex', view: desktop },
  { slug: 'initech', view: dark },
] as const;

const places = [
  ['/admin/people', 'People'],
  ['/admin/people/invitations', 'Invitations'],
  ['/admin/people/imports', 'Imports'],
  ['/admin/people/roles', 'Roles'],
  ['/admin/teams', 'Teams'],
  ['/admin/api-keys', 'API keys'],
  ['/admin/audit', 'Audit log'],
  ['/admin/usage', 'Usage'],
  ['/admin/branding', 'Branding'],
  ['/admin/domains', 'Domains'],
  ['/admin/settings', 'Settings'],
] as const;

/** The work of an administrator, on two brands. */
describe('the way of an administrator', () => {
  let browser: Browser;
  const tag = Date.now().toString(36);

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => browser.close());

  async function asOwner(slug: string, view = desktop): Promise<Page> {
    const { page } = await openPage(browser, view);
    await signInAs(page, slug, `owner@${slug}.example`, DEMO_PASSWORD);
    return page;
  }

  it.each(academies)(
    'has pages without a barrier at $slug',
    async ({ slug, view }) => {
      const page = await asOwner(slug, view);
      for (const [path, title] of places) {
        await page.goto(addressOf(slug, path));
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        await picture(page, `${slug}-${view.name}-admin-${title}`);
        expect({ path, faults: await accessibilityFaults(page) }).toEqual({ path, faults: [] });
      }
      await page.context().close();
    },
    180_000,
  );

  it.each(academies)(
    'imports people at $slug, from the dry run to the error file',
    async ({ slug, view }) => {
      const page = await asOwner(slug, view);
      await page.goto(addressOf(slug, '/admin/people/imports'));
      const rows = [
        'email,name,role,team',
        `in-one-${tag}@${slug}.example,In One,learner,Night shift ${tag}`,
        `in-two-${tag}@${slug}.example,In Two,learner,Night shift ${tag}`,
        `"=broken, ${tag}",Broken,learner,`,
      ];
      await page.setInputFiles('input[type=file]', {
        name: 'new-people.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(rows.join('\r\n')),
      });
      await page.getByRole('heading', { level: 1, name: 'new-people.csv' }).waitFor();
      await page.getByText('Nothing has been written yet').waitFor();
      const admin = await signIn(slug, `owner@${slug}.example`, DEMO_PASSWORD);
      const find = async () =>
        (await admin.get<{ items: unknown[] }>(`/api/v1/users?q=in-one-${tag}`)).items.length;
      expect(await find()).toBe(0);
      await page.getByRole('button', { name: 'Import 2 rows' }).press('Enter');
      await page.getByText('The import is done').waitFor();
      expect(await find()).toBe(1);
      expect(await accessibilityFaults(page)).toEqual([]);
      await picture(page, `${slug}-${view.name}-admin-import`);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download error file (1)' }).click(),
      ]);
      const text = await contentOf(file);
      expect(text).toContain(`"'=broken, ${tag}"`);
      expect(text).toContain('user_import.email_invalid');
      await page.context().close();
    },
    120_000,
  );

  it.each(academies)(
    'changes many people at once by keyboard alone at $slug, and takes it back',
    async ({ slug, view }) => {
      const admin = await signIn(slug, `owner@${slug}.example`, DEMO_PASSWORD);
      const people = ['one', 'two'].map((n) => `bulk-${n}-${tag}@${slug}.example`);
      await admin.send('POST', '/api/v1/invitations/batch', { people: people.map((email) => ({ email })) });
      const rolesOf = async () =>
        (await admin.get<{ items: { role: string }[] }>(`/api/v1/users?q=${tag}&role=viewer`)).items.length;
      const page = await asOwner(slug, view);
      await page.goto(addressOf(slug, '/admin/people'));
      await page.getByRole('searchbox', { name: 'Search people' }).focus();
      await page.keyboard.type(`bulk-one-${tag}`);
      await page.getByText('People found: 1').waitFor();
      await page
        .getByRole('checkbox', { name: /Bulk One/ })
        .first()
        .focus();
      await page.keyboard.press('Space');
      await page.getByRole('region', { name: 'Chosen people' }).waitFor();
      await page
        .getByRole('region', { name: 'Chosen people' })
        .getByRole('button', { name: 'Continue' })
        .focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByLabel('Role').selectOption('viewer');
      await page.getByRole('dialog').getByRole('button', { name: 'Apply to 1' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Changed: 1').waitFor();
      expect(await rolesOf()).toBe(1);
      await page.getByRole('button', { name: 'Undo' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Changed back').waitFor();
      expect(await rolesOf()).toBe(0);
      await page.context().close();
    },
    120_000,
  );

  it('shows a new API key once, and only once', async () => {
    const page = await asOwner('globex');
    await page.goto(addressOf('globex', '/admin/api-keys'));
    await page.getByRole('button', { name: 'New API key' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill(`Key ${tag}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    const key = page.getByRole('alertdialog').getByText(/^hk_[a-z0-9]{12}_/);
    await key.waitFor();
    const text = (await key.textContent()) ?? '';
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('rowheader', { name: new RegExp(`Key ${tag}`) }).waitFor();
    expect(await page.content()).not.toContain(text);
    await page.context().close();
  }, 60_000);

  it('tells the contrast while a colour is chosen, and saves none that cannot be read', async () => {
    const page = await asOwner('globex');
    await page.goto(addressOf('globex', '/admin/branding'));
    const color = page.getByRole('textbox', { name: 'Main colour', exact: true });
    const before = await color.inputValue();
    await color.fill('#ffee00');
    await page.getByText(/at least 4\.5:1 is needed/).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /^Use #/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Brand saved').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(waitFor(async () => (await color.inputValue()) === before)).resolves.toBe(true);
    await page.context().close();
  }, 60_000);

  it('says in words what DNS holds of a domain', async () => {
    const host = `learn-${tag}.globex-logistics.example`;
    const page = await asOwner('globex', phone);
    await page.goto(addressOf('globex', '/admin/domains'));
    await page.getByRole('button', { name: 'Add domain' }).click();
    await page.getByRole('dialog').getByLabel('Domain').fill(host);
    await page.getByRole('dialog').getByRole('button', { name: 'Add domain' }).click();
    await page.getByText(`_harka.${host}`).waitFor();
    await page.getByRole('button', { name: `Check now: ${host}` }).click();
    await page.getByText(/The proof was not found|The name servers did not answer/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: `Remove ${host}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText(`${host} removed`).waitFor();
    await page.context().close();
  }, 90_000);
});

async function contentOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

async function waitFor(holds: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await holds()) return true;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return false;
}
