import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { pages, type PageEntry } from './pages.js';
import { Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

/** Somewhere in the app where people write. */
interface Desk {
  readonly name: string;
  readonly entry: PageEntry;
  readonly field: (page: Page) => Locator;
  /** Sends what was typed; a desk that saves by itself has nothing to press. */
  readonly send: (page: Page) => Promise<void>;
  /** Takes back what is offered; a desk that brings it back by itself has nothing to press. */
  readonly takeBack: (page: Page) => Promise<void>;
}

/** By when a page has asked for what it was told to. */
const SOON = 8_000;

const nothing = async () => Promise.resolve();
const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).first().click();
};
const entryOf = (as: PageEntry['as'], name: string, at: NonNullable<PageEntry['at']>): PageEntry => {
  const known = pages.find((entry) => entry.name === name);
  return { route: known?.route ?? name, as, at };
};

const desks: readonly Desk[] = [
  {
    name: 'the course editor',
    entry: entryOf('author', 'editor', (w) => `/author/${w.authoredCourseId}`),
    field: (page) => page.getByLabel('Summary', { exact: true }),
    send: press('Save draft'),
    takeBack: press('Bring them back'),
  },
  {
    name: 'a quiz',
    entry: entryOf('learner', 'lesson-quiz', (w) => `/learn/${w.enrolmentId}/${w.lessons.quiz}`),
    field: (page) => page.locator('.question :is(textarea, input[type="text"])'),
    send: async (page) => {
      await page.getByText('Ask whom they are visiting', { exact: true }).click();
      await page.getByText('The name of the visitor', { exact: true }).click();
      await press('Hand in')(page);
    },
    takeBack: nothing,
  },
  {
    name: 'a note',
    entry: entryOf('learner', 'lesson-article', (w) => `/learn/${w.enrolmentId}/${w.lessons.article}`),
    field: (page) => page.locator('.note textarea'),
    send: nothing,
    takeBack: press('Bring it back'),
  },
  {
    name: 'the settings of an academy',
    entry: entryOf('owner', 'settings', () => '/admin/settings'),
    field: (page) => page.getByLabel('Name of the academy'),
    send: press('Save'),
    takeBack: press('Bring it back'),
  },
  {
    name: 'the brand',
    entry: entryOf('owner', 'branding', () => '/admin/branding'),
    field: (page) => page.getByLabel('Name of the academy'),
    send: press('Save'),
    takeBack: press('Bring it back'),
  },
  {
    name: 'an enrolment rule',
    entry: entryOf('owner', 'rule', (w) => `/admin/rules/${w.ruleId}`),
    field: (page) => page.getByLabel('Name of the rule'),
    send: press('Save'),
    takeBack: press('Bring it back'),
  },
];

const answers: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  offline: async (route) => route.abort('internetdisconnected'),
  'a 401': async (route) => refuse(route, 401, 'auth.required'),
  'a 409': async (route) => refuse(route, 409, 'request.conflict'),
  'a 412': async (route) => refuse(route, 412, 'request.stale'),
  'a 429': async (route) => refuse(route, 429, 'limit.requests_exceeded'),
  'a 500': async (route) => refuse(route, 500, 'internal.error'),
};

async function refuse(route: Route, status: number, code: string): Promise<void> {
  await route.fulfill({
    status,
    contentType: 'application/problem+json',
    headers: { 'retry-after': '1' },
    body: JSON.stringify({
      ...{ type: `urn:harka:problem:${code}`, title: 'No', status, code, detail: 'Not now.', requestId: 'r' },
    }),
  });
}

describe('what somebody has typed', () => {
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    browser = await launchBrowser();
    world = await aWorld(`session-${Date.now().toString(36)}`, 'acme');
  }, 180_000);

  afterAll(async () => browser.close());

  describe.each(desks.map((desk) => [desk.name, desk] as const))('in %s', (_, desk) => {
    it.each(Object.entries(answers))(
      'stays through %s, and comes back in a new tab',
      async (fault, answer) => {
        const visitors = new Visitors(browser, world);
        const { page } = await visitors.open(desk.entry);
        const typed = `Typed before ${fault}, ${Date.now().toString(36)}`;
        const isWrite = (route: Route) => route.request().method() !== 'GET';
        await page.context().route('**/api/**', async (route) => {
          const signsIn = route.request().url().includes('/auth/login');
          if (isWrite(route) && !signsIn) await answer(route);
          else await route.continue();
        });
        const refused = page.waitForResponse(isRefusal).catch(() => undefined);
        const failed = page.waitForEvent('requestfailed').catch(() => undefined);
        await desk.field(page).fill(typed);
        await desk.send(page);
        await Promise.race([refused, failed, page.waitForTimeout(SOON)]);
        // Long enough for what is kept in pauses between the keys.
        await page.waitForTimeout(1_000);
        await expectHeld(page, desk, typed, 'in the page');

        // The tab is lost, and with it all that was not put away.
        const again = await page.context().newPage();
        await page.close({ runBeforeUnload: false });
        await again.context().unroute('**/api/**');
        await again.goto(visitors.addressOf(desk.entry));
        await comeBack(again, desk, world);
        if ((await desk.field(again).inputValue()) !== typed) await desk.takeBack(again);
        await expectHeld(again, desk, typed, 'in a new tab');
        await visitors.close();
      },
      60_000,
    );
  });

  it('can be sent after signing in again, in the same page', async () => {
    const [desk] = desks;
    if (desk === undefined) throw new Error('There is no desk.');
    const visitors = new Visitors(browser, world);
    const { page } = await visitors.open(desk.entry);
    const typed = `Written over a night, ${Date.now().toString(36)}`;
    await desk.field(page).fill(typed);
    await page.context().clearCookies();
    await desk.send(page);
    await page.getByRole('alertdialog').waitFor();
    await page.getByRole('alertdialog').getByLabel('Password', { exact: true }).fill(world.academy.password);
    await page.getByRole('alertdialog').getByLabel('Password', { exact: true }).press('Enter');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await expectHeld(page, desk, typed, 'after signing in');
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
    await desk.send(page);
    expect((await saved).status()).toBe(200);
    await visitors.close();
  }, 60_000);
});

/** Whoever is asked to sign in on the way does so. */
async function comeBack(page: Page, desk: Desk, { signIns }: World): Promise<void> {
  const password = page.locator('input[name="password"]');
  await desk.field(page).or(password).first().waitFor();
  if (!(await password.isVisible())) return;
  const { as } = desk.entry;
  if (as === 'nobody') throw new Error('A stranger has no desk.');
  await page.locator('input[name="email"]').fill(signIns[as].email);
  await password.fill(signIns[as].password);
  await password.press('Enter');
  await desk.field(page).waitFor();
}

const isRefusal = (response: { status(): number; request(): { method(): string } }): boolean =>
  response.status() >= 400 && response.request().method() !== 'GET';

async function expectHeld(page: Page, { field }: Desk, typed: string, where: string): Promise<void> {
  const held = await field(page).inputValue();
  expect({ where, held }).toEqual({ where, held: typed });
}
