import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { ZipFile } from 'yazl';
import {
  accessibilityFaults,
  addressOf,
  dark,
  desktop,
  launchBrowser,
  openPage,
  phone,
  picture,
  type View,
} from '../support/browser.js';
import { DEMO_PASSWORD, operatorSite } from '../support/platform.js';

const OPERATOR = 'operator@harka.example';

/** Violations of the page's policy, as the browser tells them. */
function violationsOf(page: Page): string[] {
  const told: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|TrustedHTML|TrustedScript/i.test(text)) told.push(text);
  });
  return told;
}

async function signInAsOperator(page: Page): Promise<void> {
  await page.goto(addressOf('admin', '/control/sign-in'));
  await page.getByLabel('E-mail address').fill(OPERATOR);
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await page.waitForURL(addressOf('admin', '/control'));
}

/** By the keyboard alone: the focus is set as Tab would, Enter does the rest. */
async function press(target: Locator): Promise<void> {
  await target.focus();
  await target.press('Enter');
}

/** To a part of the page that begins when one comes near it. */
async function goTo(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 2, name: heading, exact: true }).scrollIntoViewIfNeeded();
}

/** A demo folder as a ZIP, with files replaced, under another slug. */
async function demoZip(slug: string, changes: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const root = 'deploy/demo/acme';
  const zip = new ZipFile();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(root.length + 1);
    const bytes = await readFile(file);
    const own = path === 'tenant.yaml' ? bytes.toString().replace(/^slug: .*$/m, `slug: ${slug}`) : bytes;
    zip.addBuffer(Buffer.from(changes[path] ?? own), `folder/${path}`);
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the control centre', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser.close());

  const look = async (page: Page, view: View, what: string) => {
    await picture(page, `operator-${view.name}-${what}`);
    expect({ what, faults: await accessibilityFaults(page) }).toEqual({ what, faults: [] });
  };

  it.each([desktop, phone, dark])(
    'shows the whole platform to an operator ($name)',
    async (view) => {
      const { context, page } = await openPage(browser, view);
      const violations = violationsOf(page);
      await signInAsOperator(page);
      await page.getByRole('row', { name: /Acme/ }).first().waitFor();
      await look(page, view, 'tenants');
      for (const [path, heading] of [
        ['/control/onboardings', 'Onboarding'],
        ['/control/platform', 'Health'],
        ['/control/shards', 'Shards'],
        ['/control/events', 'Event flow'],
        ['/control/queues', 'Queues'],
        ['/control/mails', 'Mail outbox'],
      ] as const) {
        await page.goto(addressOf('admin', path));
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        await page.waitForLoadState('networkidle');
        await look(page, view, heading.toLowerCase().replace(' ', '-'));
      }
      expect(violations).toEqual([]);
      await context.close();
    },
    120_000,
  );

  it('makes a tenant, puts it on another plan, suspends it and opens it again, by the keyboard alone', async () => {
    const slug = `op-${randomUUID().slice(0, 8)}`;
    const { context, page } = await openPage(browser);
    await signInAsOperator(page);
    await press(page.getByRole('button', { name: 'New tenant' }));
    const making = page.getByRole('dialog', { name: 'New tenant' });
    await making.getByLabel('Name', { exact: true }).fill('Operated Academy');
    await making.getByLabel('Slug').fill(slug);
    await making.getByLabel('E-mail of the first owner').fill(`owner@${slug}.example`);
    await making.getByLabel('Name of the first owner').fill('First Owner');
    await making.getByLabel('Name of the first owner').press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Operated Academy' }).waitFor();
    await goTo(page, 'Owners');
    await page.getByText(`owner@${slug}.example`).waitFor();

    const host = `learn.${slug}.example`;
    await operatorSite().send('POST', `/api/v1/operator/tenants/${slug}/domains`, { host });
    await page.reload();
    await goTo(page, 'Domains');
    await press(page.getByRole('button', { name: `Remove ${host}` }));
    const removing = page.getByRole('alertdialog', { name: `Remove ${host}` });
    expect(await accessibilityFaults(page)).toEqual([]);
    await press(removing.getByRole('button', { name: 'Remove', exact: true }));
    await page.getByText(`${host} was removed.`).waitFor();
    await page.getByRole('row', { name: host }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row', { name: slug }).count()).toBeGreaterThan(0);

    await press(page.getByRole('button', { name: 'Change plan' }));
    const planning = page.getByRole('dialog', { name: /^Plan of/ });
    await planning.getByLabel('Plan', { exact: true }).selectOption('growth');
    await planning.getByLabel('Reason').fill('bought');
    await planning.getByLabel('Reason').press('Enter');
    await planning.waitFor({ state: 'detached' });

    await press(page.getByRole('button', { name: 'Suspend', exact: true }));
    const closing = page.getByRole('dialog', { name: /^Suspend/ });
    await press(closing.getByRole('button', { name: 'Suspend', exact: true }));
    await closing.getByText('Give a reason.').waitFor();
    await closing.getByLabel('Reason').fill('unpaid');
    await closing.getByLabel('Reason').press('Enter');
    const resume = page.getByRole('button', { name: 'Resume', exact: true });
    await resume.waitFor();
    expect(await page.getByRole('button', { name: 'Act as …' }).isDisabled()).toBe(true);

    const visitor = await context.newPage();
    const paused = visitor.getByRole('heading', { name: 'This academy is paused' });
    // The gateways hear of it within moments.
    for (let left = 10; left > 0 && (await paused.count()) === 0; left -= 1) {
      await visitor.goto(addressOf(slug, '/'));
      await visitor.waitForLoadState('networkidle');
    }
    await paused.waitFor();
    await visitor.close();

    await press(resume);
    const opening = page.getByRole('dialog', { name: /^Resume/ });
    await opening.getByLabel('Reason').fill('paid');
    await opening.getByLabel('Reason').press('Enter');
    await page.getByRole('button', { name: 'Suspend', exact: true }).waitFor();
    for (const type of [
      'tenants.tenant.suspended',
      'tenants.tenant.resumed',
      'tenants.tenant.plan_changed',
    ]) {
      await expectSoon(page, type);
    }
    await context.close();
  }, 120_000);

  it('acts as somebody with a banner, in the names of both, and leaves everywhere', async () => {
    const { context, page } = await openPage(browser);
    const violations = violationsOf(page);
    await signInAsOperator(page);
    await page.getByRole('searchbox', { name: 'Search tenants' }).fill('globex');
    const row = page.getByRole('row', { name: /Globex/ }).first();
    await row.waitFor();
    await page.getByRole('row', { name: /Acme/ }).first().waitFor({ state: 'detached' });
    await press(row);
    await page.getByRole('heading', { level: 1, name: /Globex/ }).waitFor();
    const tenantPage = page.url();
    await press(page.getByRole('button', { name: 'Act as …' }));
    const acting = page.getByRole('dialog', { name: /^Act as somebody/ });
    await acting.getByLabel('Search people').fill('owner@globex');
    const person = acting.getByLabel('Person', { exact: true });
    const option = person.locator('option', { hasText: 'owner@globex.example' });
    await option.waitFor({ state: 'attached' });
    await person.selectOption(await option.getAttribute('value'));
    await acting.getByLabel('Reason').fill('Ticket 4711');
    await acting.getByLabel('Reason').press('Enter');
    await page.waitForURL(addressOf('globex', '/'));
    const banner = page.getByRole('region', { name: 'Acting as somebody else' });
    await banner.getByText('Ticket 4711').waitFor();
    await look(page, desktop, 'acting');
    await page.goto(addressOf('globex', '/account'));
    await banner.waitFor();
    await page.goto(addressOf('globex', '/catalogue'));
    await press(banner.getByRole('button', { name: 'Leave' }));
    await page.waitForURL(tenantPage);
    await expectSoon(page, 'auth.acting.ended');
    await page.goto(addressOf('globex', '/'));
    await page.waitForURL(/\/sign-in/);
    expect(violations).toEqual([]);
    await context.close();
  }, 120_000);

  it('brings an academy in from a ZIP: first all that is wrong, then step by step to its report', async () => {
    const slug = `zip-${randomUUID().slice(0, 8)}`;
    const { context, page } = await openPage(browser);
    await signInAsOperator(page);
    await page.goto(addressOf('admin', '/control/onboardings'));
    const choose = async (name: string, buffer: Buffer) => {
      const chooser = page.waitForEvent('filechooser');
      await press(page.getByRole('button', { name: /choose/i }));
      await (await chooser).setFiles({ name, mimeType: 'application/zip', buffer });
    };
    await choose('broken.zip', Buffer.from('no archive'));
    await page.getByText('not a ZIP archive', { exact: false }).waitFor();
    const faulty = { 'users.csv': 'email,name,role\nnobody,,king\n' };
    await choose('faulty.zip', await demoZip(slug, faulty));
    await page.getByRole('table', { name: 'Problems' }).waitFor();
    expect(await page.getByText(/^users\.csv:2/).count()).toBeGreaterThan(0);
    await look(page, desktop, 'onboarding-problems');

    await choose('academy.zip', await demoZip(slug));
    await page.getByText(`${slug} can be imported`).waitFor();
    await press(page.getByRole('button', { name: 'Import now' }));
    await page.waitForURL(/\/control\/onboardings\/[0-9a-f-]{36}$/);
    await page.getByText('The academy has what the folder has').waitFor({ timeout: 90_000 });
    await look(page, desktop, 'onboarding-done');
    const download = page.waitForEvent('download');
    await press(page.getByRole('link', { name: 'Download report' }));
    const report = await readFile(await (await download).path(), 'utf8');
    expect(report).toContain(slug);
    expect(report).toMatch(/Folder \(SHA-256\)\s+[0-9a-f]{64}/);
    await press(page.getByRole('link', { name: 'Open the tenant' }));
    await page.getByText(slug, { exact: false }).first().waitFor();
    await context.close();
  }, 180_000);
});

/** Read models follow within moments: the page is asked again until they have. */
async function expectSoon(page: Page, text: string): Promise<void> {
  for (let left = 20; left > 0; left -= 1) {
    if ((await page.getByText(text).count()) > 0) return;
    await page.waitForTimeout(500);
    await page.reload();
    await goTo(page, 'Recent events');
    await page.getByRole('table', { name: 'Recent events' }).waitFor();
  }
  throw new Error(`${text} is not among the recent events.`);
}
