import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { testPlatform } from './platform.js';

const SCREENSHOTS = 'screenshots';

/** Debian's Chromium, without a word to the outside, in which every `*.localhost` is this machine. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: testPlatform().chromium,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP *.localhost 127.0.0.1',
    ],
  });
}

/** The address of a page on a host of the platform. */
export function addressOf(host: string, path = '/'): string {
  const { baseUrl, baseDomain } = testPlatform();
  const { port } = new URL(baseUrl);
  return `http://${host}.${baseDomain}:${port}${path}`;
}

export interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const narrow = { width: 360, height: 740 };
const wide = { width: 1280, height: 800 };

export const desktop: View = { name: 'desktop', ...wide, colorScheme: 'light' };
export const phone: View = { name: 'phone', ...narrow, colorScheme: 'light' };
export const dark: View = { name: 'dark', ...wide, colorScheme: 'dark' };

export async function openPage(
  browser: Browser,
  view: View = desktop,
): Promise<{ context: BrowserContext; page: Page }> {
  const { width, height, colorScheme } = view;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  context.setDefaultTimeout(30_000);
  return { context, page: await context.newPage() };
}

/** A picture of the page, for people, in a folder that git ignores. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: false });
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let axeSource: string | undefined;

/** What axe finds against WCAG 2.2 A and AA, or against these rules alone, in words. */
export async function accessibilityFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate('document.fonts.ready');
  if (await page.evaluate(`typeof axe === 'undefined'`)) {
    // The page's policy allows no foreign script, so axe comes in through the debugger.
    axeSource ??= readFileSync(axePath, 'utf8');
    await page.evaluate(`${axeSource};undefined`);
  }
  return page.evaluate(async (only) => {
    interface Found {
      id: string;
      help: string;
      nodes: { target: unknown[]; failureSummary: string }[];
    }
    const { axe } = globalThis as unknown as {
      axe: { run(root: unknown, options: unknown): Promise<{ violations: Found[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const root = (globalThis as unknown as { document: unknown }).document;
    const { violations } = await axe.run(root, {
      runOnly: only === undefined ? { type: 'tag', values: tags } : { type: 'rule', values: only },
      resultTypes: ['violations'],
    });
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join(' | ')}`,
    );
  }, rules);
}

export async function signInAs(page: Page, slug: string, email: string, password: string): Promise<void> {
  await page.goto(addressOf(slug, '/sign-in'));
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  // Enter, not a click: a form has to work from the keyboard.
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await page.waitForURL(addressOf(slug, '/'));
}
