import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, launchBrowser } from '../support/browser.js';
import { accessibilityInThemes, keyboardFaults, onlyFaults, sidewaysFaults } from './conduct.js';
import { pages, titleOf, titledPages } from './pages.js';
import { routesOfTheApp } from './routes.js';
import { Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

const MOST_API_CALLS = 6;
/** At 200 % the window of a desktop is this wide, in the units that a page is laid out in. */
const ZOOMED = { width: 640, height: 400 };
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };

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

describe('every page', () => {
  let browser: Browser;
  let world: World;
  let visitors: Visitors;

  beforeAll(async () => {
    browser = await launchBrowser();
    world = await aWorld(`pages-${Date.now().toString(36)}`, 'acme');
    visitors = new Visitors(browser, world);
  }, 180_000);

  afterAll(async () => {
    await visitors.close();
    await browser.close();
  });

  it.each(titledPages)(
    'is accessible, light and dark, by keyboard, on a phone and at 200 %%: %s',
    async (_, entry) => {
      const { page, complaints, callsBeforeUse } = await visitors.open(entry);
      const calls = [...callsBeforeUse];
      const faults = await accessibilityInThemes(page);
      await page.setViewportSize(PHONE);
      faults['phone'] = [...(await accessibilityFaults(page)), ...(await sidewaysFaults(page))];
      await page.setViewportSize(ZOOMED);
      faults['at 200 %'] = await sidewaysFaults(page);
      await page.setViewportSize(DESKTOP);
      faults['keyboard'] = await keyboardFaults(page);
      faults['console'] = [...complaints];
      faults['API calls'] = calls.length > MOST_API_CALLS ? calls : [];
      expect(onlyFaults(faults)).toEqual({});
    },
    120_000,
  );
});
