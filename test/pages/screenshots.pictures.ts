import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { atSize, inTheme } from './conduct.js';
import { pages, titleOf } from './pages.js';
import { routesOfTheApp } from './routes.js';
import { DESKTOP, type Language, Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

const FOLDER = join('screenshots', 'pages');
const views = [
  { name: 'desktop', size: DESKTOP },
  { name: 'phone', size: { width: 360, height: 740 } },
] as const;
const themes = ['light', 'dark'] as const;
const seen = pages.filter(({ leadsOn }) => leadsOn !== true);
/** In which the words run the other way, or are longest. */
const abroad = ['ar', 'de'] as const;

/** `npm run screenshots`: for people to look at. `screenshots/pages/<brand>/<page>-<view>-<theme>.png` */
describe('pictures of every page', () => {
  const stamp = Date.now().toString(36);
  let browser: Browser;

  beforeAll(async () => {
    rmSync(FOLDER, { recursive: true, force: true });
    browser = await launchBrowser();
  });

  afterAll(async () => browser.close());

  it('leave no page out', () => {
    const listed = new Set(pages.map(({ route }) => route));
    expect(routesOfTheApp().filter((route) => !listed.has(route))).toEqual([]);
  });

  it.each(['acme', 'globex'] as const)(
    'in the brand of %s',
    async (like) => {
      const world = await aWorld(`pictures-${like}-${stamp}`, like);
      await take(browser, world, like, 'en', themes);
      if (like === 'acme') {
        for (const language of abroad) await take(browser, world, language, language, ['light']);
      }
    },
    1_800_000,
  );
});

async function take(
  browser: Browser,
  world: World,
  folder: string,
  language: Language,
  inThemes: readonly ('light' | 'dark')[],
): Promise<void> {
  const visitors = new Visitors(browser, world);
  mkdirSync(join(FOLDER, folder), { recursive: true });
  for (const entry of seen) {
    const { page } = await visitors.open(entry, language);
    for (const { name, size } of views) {
      await atSize(page, size);
      for (const colorScheme of inThemes) {
        await inTheme(page, colorScheme);
        await page.screenshot({
          path: join(FOLDER, folder, `${titleOf(entry)}-${name}-${colorScheme}.png`),
          animations: 'disabled',
        });
      }
    }
    await atSize(page, DESKTOP);
    await inTheme(page, 'light');
  }
  await visitors.close();
}
