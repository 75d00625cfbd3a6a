import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { processEnvironment } from '#libs/config';
import { anAcademy, type Academy } from '../support/academy.js';
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
  type View,
} from '../support/browser.js';
import { keyPair } from '../support/peers/key-pair.mjs';
import { NameServer } from '../support/peers/name-server.mjs';
import { OpenIdProvider } from '../support/peers/openid-provider.mjs';
import { SamlifySite } from '../support/peers/samlify-site.mjs';
import { Site } from '../support/platform.js';

const SECRET = 'a secret: +&%';

/** An administrator sets a connection up with a real provider, from nothing to somebody who is signed in. */
describe('the wizards of connections', () => {
  let browser: Browser;
  let academy: Academy;
  let context: BrowserContext;
  let page: Page;
  let port: number;

  beforeAll(async () => {
    port = Number(processEnvironment()['HARKA_TEST_PROVIDER_PORT']);
    academy = await anAcademy(`wizard-${Date.now().toString(36)}`);
    browser = await launchBrowser();
    ({ context, page } = await openPage(browser, desktop));
    await signInAs(page, academy.slug, academy.ownerEmail, academy.password);
  }, 240_000);

  afterAll(async () => {
    await context.close();
    await browser.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const valueOf = (label: string) => page.getByLabel(label, { exact: true }).inputValue();
  const look = async (what: string, where = page) => {
    await picture(where, `connection-${what}`);
    expect({ what, faults: await accessibilityFaults(where) }).toEqual({ what, faults: [] });
  };
  async function begin(provider: string, protocol: string, name: string): Promise<void> {
    await page.goto(addressOf(academy.slug, '/admin/sign-in'));
    await page.getByRole('link', { name: 'New connection' }).first().click();
    await page.getByLabel('Provider', { exact: true }).selectOption(provider);
    await page.getByLabel('Protocol', { exact: true }).selectOption(protocol);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Who may come in').selectOption('create');
  }
  async function create(name: string): Promise<void> {
    await button('Set up').click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  }
  async function letAnybodyIn(): Promise<void> {
    await page.getByLabel('Addresses of new people').selectOption('any');
    await button('Save the rules').click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
  }
  async function test(outcome: string): Promise<void> {
    await button('Test connection').click();
    await page.waitForURL((url) => url.searchParams.has('attempt'));
    await page.getByRole('heading', { name: 'What the provider said' }).waitFor();
    await page.getByText(outcome).first().waitFor();
  }
  async function enable(): Promise<void> {
    await button('Enable').click();
    await button('Disable').waitFor();
  }
  /** In a browser that has never been here. */
  async function signIn(name: string, view: View): Promise<unknown> {
    const visit = await openPage(browser, view);
    await visit.page.goto(addressOf(academy.slug, '/sign-in'));
    await visit.page.getByRole('link', { name: `Continue with ${name}` }).waitFor();
    await look(`sign-in-${view.name}`, visit.page);
    await visit.page.getByRole('link', { name: `Continue with ${name}` }).click();
    await visit.page.waitForURL(addressOf(academy.slug, '/'));
    const me = await visit.page.evaluate(async () => (await fetch('/api/v1/auth/me')).json());
    await visit.context.close();
    return me;
  }

  it('lead from nothing to a sign-in by SAML', async () => {
    const idp = await SamlifySite.start({ port, ...(await keyPair('idp.example')) });
    try {
      idp.person = { subject: 'sam-1', email: 'sam@wizard.example', name: 'Sam Person' };
      await begin('generic', 'saml', 'Company SAML');
      const entityId = await valueOf('Entity ID (identifier)');
      await page.getByLabel('Metadata: their address, or the XML itself').fill(idp.metadataUrl);
      await look('saml-wizard');
      await create('Company SAML');
      idp.spMetadata = (await new Site(academy.slug).call({ path: new URL(entityId).pathname })).text;
      await letAnybodyIn();
      await test('It worked');
      await button('Try on the last answer').click();
      await page.getByText('Sam Person, sam@wizard.example. Role: Learner').waitFor();
      await look('saml-tested');
      await button('Read the metadata now').click();
      await page.getByText('The metadata were read', { exact: true }).waitFor();
      await enable();
      expect(await signIn('Company SAML', phone)).toMatchObject({
        ...{ email: 'sam@wizard.example', name: 'Sam Person', role: 'learner' },
      });
    } finally {
      await idp.close();
    }
  }, 120_000);

  it('lead from nothing to a sign-in by OpenID Connect, past a secret that was wrong', async () => {
    await begin('keycloak', 'oidc', 'Company OpenID');
    const redirectUri = await valueOf('Redirect URI');
    const op = await OpenIdProvider.start({ port, clientId: 'harka', clientSecret: SECRET, redirectUri });
    try {
      op.person = { sub: 'op-1', name: 'Open Person', email: 'open@wizard.example', email_verified: true };
      await page.getByLabel('Issuer', { exact: true }).fill(op.issuer);
      await page.getByLabel('Client ID', { exact: true }).fill('harka');
      await page.getByLabel('Client secret', { exact: true }).fill('wrong');
      await look('oidc-wizard');
      await create('Company OpenID');
      await letAnybodyIn();
      await test('The provider refused the client secret');
      await page.getByLabel('Client secret', { exact: true }).fill(SECRET);
      const scopes = page.getByLabel('Scopes besides openid');
      await scopes.fill('');
      await scopes.pressSequentially('email profile');
      await button('Save the provider').click();
      await page.getByText('Saved', { exact: true }).first().waitFor();
      expect(await scopes.inputValue()).toBe('email profile');
      await button('Delete').click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
      await test('It worked');
      await enable();
      expect(await signIn('Company OpenID', dark)).toMatchObject({
        ...{ email: 'open@wizard.example', name: 'Open Person', role: 'learner' },
      });
    } finally {
      await op.close();
    }
  }, 120_000);

  it('let the IT department set one up by a link, without an account, and an administrator enable it', async () => {
    await page.goto(addressOf(academy.slug, '/admin/sign-in'));
    await button('Make a setup link').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Set up by IT');
    await dialog.getByLabel('Provider', { exact: true }).selectOption('generic');
    await look('link-dialog');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('You see it this once').waitFor();
    const link = await dialog.getByLabel('Setup link', { exact: true }).inputValue();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    const visit = await openPage(browser, phone);
    const idp = await SamlifySite.start({ port, ...(await keyPair('it.example')) });
    try {
      idp.person = { subject: 'it-1', email: 'it@wizard.example', name: 'It Person' };
      const it = visit.page;
      const press = (name: string) => it.getByRole('button', { name, exact: true }).click();
      await it.goto(link);
      await press('Begin');
      await it.getByLabel('Protocol', { exact: true }).selectOption('saml');
      const entityId = await it.getByLabel('Entity ID (identifier)').inputValue();
      await it.getByLabel('Metadata: their address, or the XML itself').fill(idp.metadataUrl);
      await look('link-setup', it);
      await press('Save the provider');
      await it.getByRole('heading', { name: 'Test and finish' }).waitFor();
      idp.spMetadata = (await new Site(academy.slug).call({ path: new URL(entityId).pathname })).text;
      await press('Test connection');
      await it.waitForURL((url) => url.searchParams.has('attempt'));
      await it.getByText('It worked').first().waitFor();
      await it.getByText('it@wizard.example').first().waitFor();
      await look('link-tested', it);
      // Nothing else of the academy is open to whoever has the link.
      expect(await it.evaluate(async () => (await fetch('/api/v1/sso/connections')).status)).toBe(401);
      await press('It is done');
      await it.getByText('Thank you').waitFor();
      await it.goto(link);
      await press('Begin');
      await it.getByText('The link is not valid any more').waitFor();
    } finally {
      await idp.close();
      await visit.context.close();
    }

    await page.reload();
    await page.getByText(/^Said to be done/).waitFor();
    await page.getByRole('link', { name: 'Set up by IT' }).first().click();
    await page.getByRole('heading', { name: 'Set up by IT', level: 1 }).waitFor();
    await page.getByText(/^Said to be done/).waitFor();
    await look('link-done');
    await enable();
    const told = '/api/v1/audit?type=auth.setup_link.finished&limit=1';
    while ((await academy.owner.get<{ items: unknown[] }>(told)).items.length === 0) await delay(200);
    await page.goto(addressOf(academy.slug, '/admin/audit'));
    await page.getByText('Setup link of “Set up by IT”').first().waitFor();
  }, 120_000);

  it('name the domains whose people are led there, and the record that proves them', async () => {
    await page.goto(addressOf(academy.slug, '/admin/sign-in'));
    await page.getByLabel('Domain', { exact: true }).fill('wizard.example');
    await page.getByLabel('Its people sign in by').selectOption({ label: 'Company SAML' });
    await button('Add domain').click();
    await page.getByRole('heading', { name: 'wizard.example' }).waitFor();
    expect(await valueOf('Name of the TXT record')).toBe('_harka-email.wizard.example');
    const record = await valueOf('Value of the TXT record');
    expect(record).toMatch(/^harka-email=/);
    await look('domains');
    const check = page.getByRole('button', { name: 'Check now: wizard.example' });
    const dns = await NameServer.start(Number(processEnvironment()['HARKA_TEST_DNS_PORT']));
    try {
      await check.click();
      await page.getByText('There is no TXT record at this name').waitFor();
      dns.records.set('_harka-email.wizard.example', ['harka-email=of-another-academy']);
      await check.click();
      await page.getByText('What stands there instead: harka-email=of-another-academy').waitFor();
      await look('domain-unproved');
      dns.records.set('_harka-email.wizard.example', ['v=spf1 -all', record]);
      await check.click();
      await page.getByText('Proved', { exact: true }).waitFor();
    } finally {
      await dns.close();
    }
    // From here on an address of the domain leads to the connection.
    const visit = await openPage(browser, desktop);
    await visit.page.goto(addressOf(academy.slug, '/sign-in'));
    const led = await visit.page.evaluate(async () => {
      const { token } = (await (await fetch('/api/v1/auth/csrf')).json()) as { token: string };
      const headers = { 'content-type': 'application/json', 'x-csrf-token': token };
      const body = JSON.stringify({ email: 'nobody-yet@wizard.example' });
      return (await fetch('/api/v1/auth/discover', { method: 'POST', headers, body })).json();
    });
    await visit.context.close();
    expect(led).toMatchObject({ connection: { name: 'Company SAML' } });
    await page.getByLabel('Domain', { exact: true }).fill('gmail.com');
    await button('Add domain').click();
    await page.getByText('Everybody can have an address of this domain').first().waitFor();
  });
});
