import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Secret, TOTP } from 'otpauth';
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
} from '../support/browser.js';

/** A person sets up an app and a passkey, signs in with each, and an admin asks everybody for one. */
describe('the second step of a sign-in', () => {
  let browser: Browser;
  let academy: Academy;
  let context: BrowserContext;
  let page: Page;
  let secret = '';

  beforeAll(async () => {
    academy = await anAcademy(`mfa-${Date.now().toString(36)}`);
    browser = await launchBrowser();
    ({ context, page } = await openPage(browser, desktop));
    // A device with a built-in authenticator whose owner always agrees.
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  }, 240_000);

  afterAll(async () => {
    await context.close();
    await browser.close();
  });

  const open = async (path: string) => page.goto(addressOf(academy.slug, path));
  const look = async (what: string) => {
    await picture(page, `second-step-${what}`);
    expect({ what, faults: await accessibilityFaults(page) }).toEqual({ what, faults: [] });
  };
  const typePassword = async () => {
    await page.getByLabel('E-mail address').fill(academy.ownerEmail);
    await page.getByLabel('Password', { exact: true }).fill(academy.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  const signOut = async () => {
    await context.clearCookies();
    await open('/sign-in');
    await page.getByLabel('E-mail address').waitFor();
  };
  /** The code of the next step as well, so that none is shown twice. */
  const code = (stepsAhead: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsAhead * 30_000 });

  it('is set up with an app, and shows recovery codes once', async () => {
    await open('/sign-in');
    await typePassword();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await open('/account/security');
    await page.getByRole('heading', { name: 'Sign-in security' }).waitFor();
    await look('account');
    await page.getByRole('button', { name: 'Set up' }).click();
    const dialog = page.getByRole('dialog', { name: 'Authenticator app' });
    await dialog.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await look('app');
    secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(' ', '');
    await dialog.getByLabel('Code from your authenticator app').fill(code(-1));
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    const codes = page.getByRole('alertdialog', { name: 'Keep your recovery codes' });
    await codes.waitFor();
    expect(await codes.getByRole('listitem').count()).toBe(10);
    await look('codes');
    await codes.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('On since').waitFor();
  }, 120_000);

  it('is asked for after the password, says what is wrong, and lets the person in', async () => {
    await signOut();
    await typePassword();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await look('step');
    const box = page.getByLabel('Code from your authenticator app');
    await box.fill('000000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('alert').getByText('That is not right').waitFor();
    await look('refused');
    await box.fill(code(0));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  }, 120_000);

  it('takes a passkey, which also signs in alone', async () => {
    await open('/account/security');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
    await dialog.getByLabel('Name of the passkey').fill('My laptop');
    await dialog.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove My laptop' }).waitFor();
    await look('passkeys');
    await signOut();
    await look('sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await signOut();
    await typePassword();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  }, 120_000);

  it('is demanded by an admin, who proves it once more before the next change', async () => {
    await open('/admin/sign-in-policy');
    await page.getByLabel('Who needs one').selectOption('all');
    await page.getByText('Ask again before changes of people, keys and settings').click();
    await page.getByLabel('Allowed networks').fill('203.0.113.0/24');
    await look('policy');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alertdialog', { name: 'This would lock you out' }).waitFor();
    await look('lockout');
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
    await page.getByLabel('Allowed networks').fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The policy is in effect.').waitFor();
    await open('/admin/provisioning');
    await page.getByLabel('Name', { exact: true }).fill('Entra ID');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByText('Copy the token now').waitFor();
    await look('provisioning');
  }, 120_000);

  it('looks right on a phone and in the dark', async () => {
    for (const view of [phone, dark]) {
      const opened = await openPage(browser, view);
      await opened.page.goto(addressOf(academy.slug, '/sign-in'));
      await opened.page.getByLabel('E-mail address').fill(academy.ownerEmail);
      await opened.page.getByLabel('Password', { exact: true }).fill(academy.password);
      await opened.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await opened.page.getByRole('heading', { name: 'One more step' }).waitFor();
      await picture(opened.page, `second-step-${view.name}`);
      expect(await accessibilityFaults(opened.page)).toEqual([]);
      await opened.context.close();
    }
  }, 120_000);
});
