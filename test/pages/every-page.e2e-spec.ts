import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, launchBrowser } from '../support/browser.js';
import { keyboardFaults, sidewaysFaults, visibleTexts } from './conduct.js';
import { pages, titleOf } from './pages.js';
import { routesOfTheApp } from './routes.js';
import { inTheme, Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

const MOST_API_CALLS = 6;
/** At 200 % the window of a desktop is this wide, in the units that a page is laid out in. */
const ZOOMED = { width: 640, height: 400 };
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };
const seen = pages.filter(({ leadsOn }) => leadsOn !== true);
const titled = seen.map((entry) => [titleOf(entry), entry] as const);

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => browser.close());

describe('the list of pages', () => {
  it('has every route of the web app, and none that is gone', () => {
    const listed = [...new Set(pages.map(({ route }) => route))].filter((route) => route !== '/nothing-here');
    expect(listed.sort()).toEqual(routesOfTheApp());
  });

  it('names each once', () => {
    const titles = pages.map(titleOf);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

describe.each(['acme', 'globex'] as const)('every page in the brand of %s', (like) => {
  let world: World;
  let visitors: Visitors;

  beforeAll(async () => {
    world = await aWorld(`pages-${like}`, like);
    visitors = new Visitors(browser, world);
  }, 180_000);

  afterAll(async () => visitors.close());

  it.each(titled)(
    'is accessible, light and dark, by keyboard, on a phone and at 200 %%: %s',
    async (_, entry) => {
      const { page, complaints, apiCalls } = await visitors.open(entry);
      const calls = [...apiCalls];
      const faults: Record<string, string[]> = {};
      for (const colorScheme of ['light', 'dark'] as const) {
        await inTheme(page, colorScheme);
        faults[colorScheme] = await accessibilityFaults(page);
      }
      await page.setViewportSize(PHONE);
      faults['phone'] = [...(await accessibilityFaults(page)), ...(await sidewaysFaults(page))];
      await page.setViewportSize(ZOOMED);
      faults['at 200 %'] = await sidewaysFaults(page);
      await page.setViewportSize(DESKTOP);
      await inTheme(page, 'light');
      // The way by keyboard is the same in every brand.
      faults['keyboard'] = like === 'acme' ? await keyboardFaults(page) : [];
      faults['console'] = [...complaints];
      faults['API calls'] = calls.length > MOST_API_CALLS ? calls : [];
      expect(Object.fromEntries(Object.entries(faults).filter(([, { length }]) => length > 0))).toEqual({});
    },
    120_000,
  );

  // One brand is enough for words.
  if (like !== 'acme') return;

  it.each(['de', 'ar'] as const)(
    'speaks one language only, and fits on a phone: %s',
    async (language) => {
      const english = englishWords(language);
      const speakers = new Visitors(browser, world, language);
      const faults: Record<string, string[]> = {};
      for (const [title, entry] of titled) {
        const { page } = await speakers.open(entry);
        const html = page.locator('html');
        const [lang, dir] = [await html.getAttribute('lang'), await html.getAttribute('dir')];
        const foreign = (await visibleTexts(page)).filter((text) => english.has(text));
        await page.setViewportSize(PHONE);
        const found = [...foreign, ...(await sidewaysFaults(page))];
        await page.setViewportSize(DESKTOP);
        if (lang !== language || dir !== (language === 'ar' ? 'rtl' : 'ltr')) found.push(`${lang} ${dir}`);
        if (found.length > 0) faults[title] = found;
      }
      await speakers.close();
      expect(faults).toEqual({});
    },
    240_000,
  );
});

/** What the app says in English, but for what is the same in the other language. */
function englishWords(other: string): ReadonlySet<string> {
  const said = valuesIn(other);
  return new Set([...valuesIn('en')].filter((text) => /[a-z]{3}/.test(text) && !said.has(text)));
}

function valuesIn(language: string): Set<string> {
  const folder = join('apps', 'web', 'src', 'language', language);
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/: ['"`](.*)['"`],?$/gm)].map(([, value = '']) => value)),
  );
}
