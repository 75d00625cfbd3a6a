import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { addressOf, launchBrowser, openPage } from '../support/browser.js';
import { Site } from '../support/platform.js';

interface Manifest {
  readonly name: string;
  readonly icons: readonly { readonly src: string; readonly purpose: string }[];
}

describe('an academy under its own name', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser.close());

  it.each(['acme', 'globex'])('can be installed with its name, colours and icons (%s)', async (slug) => {
    const { context, page } = await openPage(browser);
    await page.goto(addressOf(slug, '/sign-in'));
    const href = await page.locator('link[rel="manifest"]').getAttribute('href');
    expect(href).toBe('/manifest.webmanifest');
    const site = new Site(slug);
    const { json, headers } = await site.call({ path: '/manifest.webmanifest' });
    expect(headers['content-type']).toBe('application/manifest+json');
    const { name, icons } = json as Manifest;
    expect(await page.title()).toContain(name);
    expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
    for (const { src } of icons) {
      const icon = await site.call({ path: src });
      expect(icon.status).toBe(200);
      expect(icon.headers['content-type']).toBe('image/png');
      expect(icon.headers['cache-control']).toContain('immutable');
    }
    await context.close();
  });

  it('runs under a strict policy: scripts by nonce, markup by named policies, nothing foreign', async () => {
    const { headers, text } = await new Site('acme').call({ path: '/', headers: { accept: 'text/html' } });
    const policy = String(headers['content-security-policy']);
    const nonce = /'nonce-([A-Za-z0-9_-]+)'/.exec(policy)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThan(15);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("'strict-dynamic'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/report-(?:uri|to)/);
    const scripts = text.match(/<script(?! type="application\/json")[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    const again = await new Site('acme').call({ path: '/', headers: { accept: 'text/html' } });
    expect(String(again.headers['content-security-policy'])).not.toContain(nonce);
  });

  it('answers calmly at a host that is nobody’s', async () => {
    const { context, page } = await openPage(browser);
    await page.goto(addressOf('nobody-here', '/'));
    await page.getByRole('heading', { name: 'No academy at this address' }).waitFor();
    await context.close();
  });
});
