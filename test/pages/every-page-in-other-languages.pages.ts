import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { onlyFaults, sidewaysFaults, visibleTexts } from './conduct.js';
import { titledPages } from './pages.js';
import { Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };

describe('every page in German and Arabic', () => {
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    browser = await launchBrowser();
    world = await aWorld(`words-${Date.now().toString(36)}`, 'acme');
  }, 180_000);

  afterAll(async () => browser.close());

  it('speaks that language only, in its direction, and fits on a phone', async () => {
    const [german, arabic] = await Promise.all([faultsIn('de'), faultsIn('ar')]);
    expect({ german, arabic }).toEqual({ german: {}, arabic: {} });
  }, 480_000);

  async function faultsIn(language: 'de' | 'ar'): Promise<Record<string, string[]>> {
    const english = englishWords(language);
    const visitors = new Visitors(browser, world, language);
    const faults: Record<string, string[]> = {};
    for (const [title, entry] of titledPages) {
      const { page } = await visitors.open(entry);
      const html = page.locator('html');
      const [lang, dir] = [await html.getAttribute('lang'), await html.getAttribute('dir')];
      const foreign = (await visibleTexts(page)).filter((text) => english.has(text));
      await page.setViewportSize(PHONE);
      const found = [...foreign, ...(await sidewaysFaults(page))];
      await page.setViewportSize(DESKTOP);
      if (lang !== language || dir !== (language === 'ar' ? 'rtl' : 'ltr')) found.push(`${lang} ${dir}`);
      faults[title] = found;
    }
    await visitors.close();
    return onlyFaults(faults);
  }
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
