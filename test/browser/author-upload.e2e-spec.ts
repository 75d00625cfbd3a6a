import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaObject, MediaPage, MediaUpload } from '#libs/contracts/media';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  accessibilityFaults,
  addressOf,
  launchBrowser,
  openPage,
  picture,
  signInAs,
} from '../support/browser.js';
import { aDraft } from '../support/authoring.js';
import { DEMO_PASSWORD, signIn, type Site } from '../support/platform.js';

const MiB = 1024 ** 2;
/** What a PDF begins with, and then so much of anything. */
const aPdf = (bytes: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)]);

describe('uploads of an author', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let author: Site;
  const folder = mkdtempSync(join(tmpdir(), 'author-files-'));

  beforeAll(async () => {
    browser = await launchBrowser();
    author = await signIn('globex', 'author@globex.example');
    ({ context, page } = await openPage(browser));
    // Drafts are left without saving all the time here.
    page.on('dialog', (dialog) => void dialog.accept());
    await signInAs(page, 'globex', 'author@globex.example', DEMO_PASSWORD);
    await freshLesson();
  }, 90_000);
  afterAll(async () => {
    await context.close();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A new course, open at a new lesson that is a file. */
  const freshLesson = async (): Promise<void> => {
    const { courseId } = await aDraft(author, `Files ${Date.now()}`, [{ title: 'Text', markdown: 'x' }]);
    await page.goto(addressOf('globex', `/author/${courseId}`));
    await page.getByRole('button', { name: 'Add lesson to The basics' }).click();
    await page.getByRole('menuitem', { name: 'File' }).click();
    await page.getByRole('textbox', { name: 'Lesson title' }).fill('A file');
  };
  /** From the disk, so that the same file is the same file the next time. */
  const choose = async (name: string, buffer: Buffer): Promise<void> => {
    const path = join(folder, name);
    if (!existsSync(path)) writeFileSync(path, buffer);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose', exact: false }).first().click();
    await (await chooser).setFiles(path);
  };
  const storedAs = async (name: string): Promise<MediaObject | undefined> =>
    (await author.get<MediaPage>(`/api/v1/media?q=${encodeURIComponent(name)}`)).items[0];
  const unfinished = async (): Promise<MediaUpload[]> =>
    (await author.get<{ items: MediaUpload[] }>('/api/v1/media/uploads')).items;

  it('goes on after the line broke, from where it was, without sending a byte twice', async () => {
    const name = `broken-line-${Date.now()}.pdf`;
    const content = aPdf(10 * MiB);
    let parts = 0;
    const offsets: string[] = [];
    await page.route('**/api/v1/media/uploads/*', async (route) => {
      const request = route.request();
      if (request.method() !== 'PATCH') return route.continue();
      parts += 1;
      // The second part never gets through, three times over.
      if (parts >= 2 && parts <= 4) return route.abort('connectionreset');
      offsets.push(request.headers()['upload-offset'] ?? '');
      return route.continue();
    });
    await choose(name, content);
    await page.getByText('The connection is broken', { exact: false }).waitFor();
    await picture(page, 'globex-desktop-author-upload-broken');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByText(name).and(page.locator('.source__name')).waitFor({ timeout: 60_000 });
    await page.unroute('**/api/v1/media/uploads/*');
    expect(offsets).toEqual(['0', String(4 * MiB), String(8 * MiB)]);
    const stored = await storedAs(name);
    expect(stored?.bytes).toBe(content.length);
    expect(await unfinished()).toEqual([]);
  }, 120_000);

  it('can be paused, survives a reload, and is given up without a trace', async () => {
    await freshLesson();
    const name = `paused-${Date.now()}.pdf`;
    const content = aPdf(9 * MiB);
    let parts = 0;
    await page.route('**/api/v1/media/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH' && (parts += 1) === 2) {
        // Time to press the button.
        await new Promise((resolve) => setTimeout(resolve, 4_000));
      }
      return route.continue().catch(() => undefined);
    });
    await choose(name, content);
    await page.getByRole('button', { name: `Pause the upload of ${name}` }).click();
    await page.getByText('Paused at', { exact: false }).waitFor();
    const [waiting] = await unfinished();
    expect(waiting?.name).toBe(name);
    await page.unroute('**/api/v1/media/uploads/*');

    // The tab is lost; the same file, chosen again, is the same upload.
    await freshLesson();
    const created: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/media/uploads')) {
        created.push(request.url());
      }
    });
    await choose(name, content);
    await page.getByText(name).and(page.locator('.source__name')).waitFor({ timeout: 60_000 });
    expect(created).toEqual([]);
    expect((await storedAs(name))?.bytes).toBe(content.length);

    await freshLesson();
    await page.route('**/api/v1/media/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH') {
        await new Promise((resolve) => setTimeout(resolve, 3_000));
      }
      return route.continue().catch(() => undefined);
    });
    const before = await unfinished();
    const sending = page.waitForRequest((request) => request.method() === 'PATCH');
    await choose(`given-up-${Date.now()}.pdf`, aPdf(6 * MiB));
    await sending;
    await page.getByRole('button', { name: 'Cancel the upload of', exact: false }).click();
    await page.unroute('**/api/v1/media/uploads/*');
    await expectEventually(async () => (await unfinished()).length, before.length);
  }, 120_000);

  it.each([
    [
      'a page that calls itself a PDF',
      'a.pdf',
      '<html><script>alert(1)</script>',
      'This kind of file is not accepted',
    ],
    [
      'a program that calls itself a picture',
      'a.png',
      `MZ\u0090\u0000${'x'.repeat(5_000)}`,
      'This kind of file is not accepted',
    ],
    [
      'a drawing with a script',
      'a.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'This drawing was refused',
    ],
    ['an archive that is none', 'a.zip', `PK\u0003\u0004${'x'.repeat(100)}`, 'This archive was refused'],
  ])(
    'refuses %s and says why',
    async (_, name, content, reason) => {
      await freshLesson();
      await choose(name, Buffer.from(content, 'latin1'));
      await page.getByRole('alert').getByText(reason, { exact: false }).waitFor();
      expect(await unfinished()).toEqual([]);
    },
    60_000,
  );
});

async function expectEventually(look: () => Promise<number>, expected: number): Promise<void> {
  let seen = await look();
  for (let tries = 0; tries < 40 && seen !== expected; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    seen = await look();
  }
  expect(seen).toBe(expected);
}
