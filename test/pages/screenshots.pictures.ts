import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { processEnvironment } from '#libs/config';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { anEmptyAcademy } from '../support/academy.js';
import { launchBrowser } from '../support/browser.js';
import { atSize, inTheme } from './conduct.js';
import { crowd } from './crowded.js';
import { pages, titleOf } from './pages.js';
import { routesOfTheApp } from './routes.js';
import { chosenScenes, type Scene, type WorldName } from './scenes.js';
import { DESKTOP, Visitors } from './visitors.js';
import { aWorld, emptyWorld, type World } from './world.js';

const FOLDER = join('screenshots', 'pages');
const views = [
  { name: 'desktop', size: DESKTOP },
  { name: 'phone', size: { width: 360, height: 740 } },
] as const;
/** What is further down than this is more of the same. */
const TALLEST = 3_000;

const words = (processEnvironment()['HARKA_PICTURES'] ?? '').split(' ').filter((word) => word !== '');
const chosen = chosenScenes(words);

/** `npm run screenshots [-- words]`: for people to look at. `screenshots/pages/<scene>/<page>-<view>-<theme>.png` */
describe('pictures of every page', () => {
  const stamp = Date.now().toString(36);
  const worlds = new Map<WorldName, Promise<World>>();
  let browser: Browser;

  beforeAll(async () => {
    if (words.length === 0) rmSync(FOLDER, { recursive: true, force: true });
    browser = await launchBrowser();
  });

  afterAll(async () => browser.close());

  it('leave no page out', () => {
    const listed = new Set(pages.map(({ route }) => route));
    expect(routesOfTheApp().filter((route) => !listed.has(route))).toEqual([]);
    expect(chosen).not.toEqual([]);
  });

  it.each(chosen.map((scene) => [scene.name, scene] as const))(
    'are taken: %s',
    async (_, scene) => {
      const missed = await take(browser, await worldOf(scene.world), scene);
      expect(missed).toEqual([]);
    },
    2_400_000,
  );

  async function worldOf(name: WorldName): Promise<World> {
    const world = worlds.get(name) ?? newWorld(name);
    worlds.set(name, world);
    return world;
  }

  async function newWorld(name: WorldName): Promise<World> {
    const slug = `pictures-${name}-${stamp}`;
    if (name === 'empty') return emptyWorld(await anEmptyAcademy(slug));
    const world = await aWorld(slug, name === 'crowded' ? 'globex' : name);
    return name === 'crowded' ? crowd(world) : world;
  }
});

/** Tells which pages it could not show. */
async function take(browser: Browser, world: World, scene: Scene): Promise<string[]> {
  const visitors = new Visitors(browser, world, scene.server);
  const missed: string[] = [];
  mkdirSync(join(FOLDER, scene.name), { recursive: true });
  for (const entry of scene.pages) {
    const title = titleOf(entry);
    try {
      const page =
        scene.isWaiting === true
          ? await visitors.openWaiting(entry, scene.language)
          : (await visitors.open(entry, scene.language)).page;
      await takeIn(page, scene, title);
    } catch (error) {
      missed.push(`${title}: ${String(error)}`);
    }
  }
  await visitors.close();
  return missed;
}

async function takeIn(page: Page, { name: scene, themes }: Scene, title: string): Promise<void> {
  for (const { name, size } of views) {
    await atSize(page, size);
    for (const colorScheme of themes) {
      await inTheme(page, colorScheme);
      const height = await page.evaluate<number>(`document.documentElement.scrollHeight`);
      await page.screenshot({
        path: join(FOLDER, scene, `${title}-${name}-${colorScheme}.png`),
        animations: 'disabled',
        fullPage: true,
        clip: { x: 0, y: 0, width: size.width, height: Math.min(height, TALLEST) },
      });
    }
  }
  await atSize(page, DESKTOP);
  await inTheme(page, 'light');
}
