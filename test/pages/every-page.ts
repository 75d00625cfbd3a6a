import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, addressOf, launchBrowser } from '../support/browser.js';
import {
  atSize,
  colourFaults,
  inBrand,
  inTheme,
  keyboardFaults,
  onlyFaults,
  sidewaysFaults,
  visibleTexts,
  type Brand,
} from './conduct.js';
import { MOST_SCRIPT, scriptOfFirstPage } from './first-page.js';
import { isOperators, titledPages, type PageEntry } from './pages.js';
import type { Person } from './person.js';
import { DESKTOP, type Language, Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

const MOST_API_CALLS = 6;
/** At 200 % the window of a desktop is this wide, in the units that a page is laid out in. */
const ZOOMED = { width: 640, height: 400 };
const PHONE = { width: 360, height: 740 };
const ABROAD = ['de', 'ar'] as const;

/** Looks at the pages of these people: one browser, one sign-in for each of them. */
export function describeEveryPage(whose: string, people: readonly Person[]): void {
  describe(`every page ${whose}`, () => {
    let browser: Browser;
    let visitors: Visitors;
    let globex: Brand;

    beforeAll(async () => {
      browser = await launchBrowser();
      const world: World = await aWorld(`pages-${people[0]}-${Date.now().toString(36)}`, 'acme');
      globex = await brandOf('globex');
      visitors = new Visitors(browser, world);
    }, 240_000);

    afterAll(async () => {
      await visitors.close();
      await browser.close();
    });

    it.each(titledPages.filter(([, { as }]) => people.includes(as)))(
      'is accessible in light, dark and two brands, by keyboard, on a phone, at 200 %% and in three languages: %s',
      async (_, entry) => {
        const found = await faultsInEnglish(entry);
        for (const language of ABROAD) found[language] = await faultsAbroad(entry, language);
        expect(onlyFaults(found)).toEqual({});
      },
      180_000,
    );

    if (people.includes('learner')) {
      it.each(['en', 'de', 'ar'] as const)(
        `begins with no more than ${MOST_SCRIPT} kB of JavaScript for a learner (%s)`,
        async (language) => {
          const { gzipKilobytes } = await scriptOfFirstPage(visitors, language);
          expect(gzipKilobytes).toBeGreaterThan(50);
          expect(gzipKilobytes).toBeLessThanOrEqual(MOST_SCRIPT);
        },
        120_000,
      );
    }

    async function faultsInEnglish(entry: PageEntry): Promise<Record<string, string[]>> {
      const { page, complaints, callsBeforeUse } = await visitors.open(entry);
      const found: Record<string, string[]> = {
        'API calls': callsBeforeUse.length > MOST_API_CALLS ? [...callsBeforeUse] : [],
        light: await accessibilityFaults(page),
      };
      await inTheme(page, 'dark');
      found['dark'] = await colourFaults(page);
      if (!isOperators(entry)) Object.assign(found, await faultsInBrand(page));
      await inTheme(page, 'light');
      await atSize(page, PHONE);
      found['phone'] = [...(await accessibilityFaults(page)), ...(await sidewaysFaults(page))];
      await atSize(page, ZOOMED);
      found['at 200 %'] = await sidewaysFaults(page);
      await atSize(page, DESKTOP);
      found['keyboard'] = await keyboardFaults(page);
      found['console'] = [...complaints];
      return found;
    }

    /** Begins in the dark and ends in the light, in the page's own brand. */
    async function faultsInBrand(page: Page): Promise<Record<string, string[]>> {
      const takeOff = await inBrand(page, globex);
      const dark = await colourFaults(page);
      await inTheme(page, 'light');
      const light = await colourFaults(page);
      await takeOff();
      return { 'another brand, dark': dark, 'another brand, light': light };
    }

    async function faultsAbroad(entry: PageEntry, language: Exclude<Language, 'en'>): Promise<string[]> {
      const { page, complaints } = await visitors.open(entry, language);
      const html = page.locator('html');
      const [lang, dir] = [await html.getAttribute('lang'), await html.getAttribute('dir')];
      const english = englishWords(language);
      const found = (await visibleTexts(page)).filter((text) => english.has(text));
      if (lang !== language || dir !== (language === 'ar' ? 'rtl' : 'ltr')) found.push(`${lang} ${dir}`);
      await atSize(page, PHONE);
      found.push(...(await sidewaysFaults(page)), ...complaints);
      await atSize(page, DESKTOP);
      return found;
    }
  });
}

/** The colours of a demo academy, as the first byte of its pages says them. */
async function brandOf(slug: string): Promise<Brand> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(addressOf(slug, '/sign-in'));
  const brand = await page.evaluate<Brand>(`(() => {
    const style = getComputedStyle(document.documentElement);
    const names = ['--brand-primary', '--brand-secondary', '--on-brand-primary', '--on-brand-secondary'];
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
  })()`);
  await browser.close();
  return brand;
}

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
