import type { Page } from 'playwright-core';
import { accessibilityFaults } from '../support/browser.js';

interface Held {
  readonly name: string;
  readonly same: boolean;
  readonly left: boolean;
}

/** How often Tab may stay within one element: the parts of a date, the controls of a player. */
const WITHIN = 20;
const MOST = 400;

/** Goes through a page by Tab alone; tells where the way ends before the page does. */
export async function keyboardFaults(page: Page): Promise<string[]> {
  await page.evaluate(`document.activeElement?.blur?.(); window.__held = undefined; undefined`);
  const seen = new Set<string>();
  let stays = 0;
  for (let presses = 0; presses < MOST; presses += 1) {
    await page.keyboard.press('Tab');
    const { name, same, left } = await page.evaluate<Held>(`(() => {
      const active = document.activeElement;
      const same = window.__held === active;
      window.__held = active;
      const nowhere = active === null || active === document.body || active === document.documentElement;
      const name = nowhere ? '' : active.tagName + ' ' + (active.getAttribute('aria-label') ?? active.textContent ?? '').trim().slice(0, 60);
      return { name, same, left: nowhere };
    })()`);
    if (left) return presses === 0 ? ['Tab reaches nothing'] : [];
    stays = same ? stays + 1 : 0;
    if (stays > WITHIN) return [`Tab does not leave ${name}`];
    seen.add(name);
  }
  return [`Tab goes round among ${seen.size} elements and does not come to the end`];
}

/** Where the page has to be scrolled sideways to be read. */
export async function sidewaysFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(async () => {
    const root = document.documentElement;
    // What follows the size of the window does so a moment later.
    for (let tries = 0; tries < 20 && root.scrollWidth > root.clientWidth; tries += 1) {
      await new Promise((done) => setTimeout(done, 50));
    }
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
    });
    const names = wide.slice(-3).map((element) => element.tagName + '.' + element.className);
    return [root.scrollWidth + ' px in a window of ' + root.clientWidth + ' px: ' + names.join(', ')];
  })()`);
}

/** The texts on the page, without what people have written: that says of itself in which language it is. */
export async function visibleTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = new Set();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent.trim();
      if (text !== '' && node.parentElement.closest('script, style, [hidden], body [lang]') === null) texts.add(text);
    }
    return [...texts];
  })()`);
}

/** What axe finds wrong with colours: all that a theme or a brand changes. */
export const colourFaults = async (page: Page): Promise<string[]> =>
  accessibilityFaults(page, ['color-contrast', 'link-in-text-block']);

/** Laid out and painted with what was just changed. */
const PAINTED = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))`;

/** Shows the page in the other theme, painted to the end. */
export async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(PAINTED);
}

/** Shows the page in a window of that size. The page hears of it a moment later, and axe must not look at half of each. */
export async function atSize(
  page: Page,
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  await page.setViewportSize(size);
  await page.waitForFunction(`innerWidth === ${size.width} && innerHeight === ${size.height}`);
  await page.evaluate(PAINTED);
}

/** The variables that the gateway writes into a page. */
export type Brand = Readonly<Record<string, string>>;

/** Paints the page in the colours of another academy; what comes back takes them off. */
export async function inBrand(page: Page, brand: Brand): Promise<() => Promise<void>> {
  const root = 'document.documentElement.style';
  const put = Object.entries(brand).map(
    ([name, value]) => `${root}.setProperty('${name}', ${JSON.stringify(value)})`,
  );
  await page.evaluate(`${put.join(';')};${PAINTED}`);
  return async () => {
    const off = Object.keys(brand).map((name) => `${root}.removeProperty('${name}')`);
    await page.evaluate(`${off.join(';')};${PAINTED}`);
  };
}

/** Leaves out what was looked at and found well. */
export function onlyFaults(faults: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  const found = Object.entries(faults).filter(([, { length }]) => length > 0);
  return Object.fromEntries(found.map(([what, list]) => [what, [...list]]));
}
