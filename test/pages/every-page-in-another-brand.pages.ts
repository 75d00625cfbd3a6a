import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { accessibilityInThemes, onlyFaults } from './conduct.js';
import { titledPages } from './pages.js';
import { Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

/** Colours are what a brand changes; room and keyboard stay as they are. */
describe('every page in another brand', () => {
  let browser: Browser;
  let world: World;
  let visitors: Visitors;

  beforeAll(async () => {
    browser = await launchBrowser();
    world = await aWorld(`brand-${Date.now().toString(36)}`, 'globex');
    visitors = new Visitors(browser, world);
  }, 180_000);

  afterAll(async () => {
    await visitors.close();
    await browser.close();
  });

  it.each(titledPages)(
    'is accessible, light and dark: %s',
    async (_, entry) => {
      const { page, complaints } = await visitors.open(entry);
      const faults = await accessibilityInThemes(page);
      faults['console'] = [...complaints];
      expect(onlyFaults(faults)).toEqual({});
    },
    120_000,
  );
});
