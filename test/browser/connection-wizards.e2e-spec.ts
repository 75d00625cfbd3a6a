import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { processEnvironment } from '#libs/config';
import { TestDirectory } from '../../apps/auth/testing/test-directory.js';
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

  it('lead from nothing to a sign-in at a directory, past a password that was wrong, and take its people over', async () => {
    const directory = await TestDirectory.start({
      ldapsPort: port,
      people: [
        { uid: 'dora', password: 'dora-secret-1', attributes: { displayName: 'Dora Person' } },
        { uid: 'emil', attributes: { displayName: 'Emil Person' } },
      ],
      groups: { staff: ['dora'] },
    });
    try {
      await page.goto(addressOf(academy.slug, '/admin/sign-in/directory'));
      await page.getByLabel('Directory', { exact: true }).selectOption('openldap');
      await page.getByLabel('Name', { exact: true }).fill('Company directory');
      await page.getByLabel('Who may come in').selectOption('create');
      await page.getByLabel('Addresses', { exact: true }).fill(directory.address);
      await page.getByLabel('Certificates of your authority (PEM)').fill(directory.authority.certificate);
      await page.getByLabel('Search account', { exact: true }).fill(directory.bindDn);
      await page.getByLabel('Password of the search account').fill('wrong');
      await page.getByLabel('Base of the people').fill(`ou=people,${directory.baseDn}`);
      await look('directory-wizard');
      await button('Set up').click();
      await page.getByRole('heading', { name: 'Company directory', level: 1 }).waitFor();
      await letAnybodyIn();
      await button('Look').click();
      await page.getByText('The directory does not let the search account in').waitFor();

      await button('Change settings').click();
      await page.getByLabel('Base of the people').fill(`ou=nowhere,${directory.baseDn}`);
      await page.getByLabel('Password of the search account').fill(directory.bindPassword);
      await button('Save settings').click();
      await page.getByText('The base is not there').waitFor();
      await look('directory-not-saved');
      await page.getByLabel('Base of the people').fill(`ou=people,${directory.baseDn}`);
      await button('Save settings').click();
      await button('Change settings').waitFor();

      await button('Test connection').click();
      await page.getByLabel('User name').fill('dora');
      await page.getByLabel('Password', { exact: true }).fill('dora-secret-1');
      await button('Sign in').click();
      await page.waitForURL((url) => url.searchParams.has('attempt'));
      await page.getByText('It worked').first().waitFor();
      await enable();

      await button('Preview').click();
      await page.getByText('Whom it would concern').click();
      await page.getByText('emil@acme.example').waitFor();
      await look('directory-preview');
      await button('Take over now').click();
      await page.getByText('Whom it concerned').waitFor();
      await look('directory-taken-over');

      const visit = await openPage(browser, phone);
      await visit.page.goto(addressOf(academy.slug, '/sign-in'));
      await visit.page.getByRole('link', { name: 'Continue with Company directory' }).click();
      await visit.page.getByLabel('User name').fill('dora');
      await visit.page.getByLabel('Password', { exact: true }).fill('dora-secret-1');
      await look('directory-sign-in', visit.page);
      await visit.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await visit.page.waitForURL(addressOf(academy.slug, '/'));
      const me: unknown = await visit.page.evaluate(async () => (await fetch('/api/v1/auth/me')).json());
      await visit.context.close();
      expect(me).toMatchObject({ email: 'dora@acme.example', name: 'Dora Person', role: 'learner' });
    } finally {
      await directory.stop();
    }
  }, 120_000);

  it('name the domains whose people are led there, and the record that proves them', async () => {
    await page.goto(addressOf(academy.slug, '/admin/sign-in'));
    await page.getByLabel('Domain', { exact: true }).fill('wizard.example');
    await page.getByLabel('Its people sign in by').selectOption({ label: 'Company SAML' });
    await button('Add domain').click();
    await page.getByRole('heading', { name: 'wizard.example' }).waitFor();
    expect(await valueOf('Name of the TXT record')).toBe('_harka-email.wizard.example');
    expect(await valueOf('Value of the TXT record')).toMatch(/^harka-email=/);
    await look('domains');
    await page.getByLabel('Domain', { exact: true }).fill('gmail.com');
    await button('Add domain').click();
    await page.getByText('Everybody can have an address of this domain').first().waitFor();
  });
});
