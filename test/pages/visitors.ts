import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { addressOf } from '../support/browser.js';
import { isOperators, type PageEntry } from './pages.js';
import type { Person } from './person.js';
import type { World } from './world.js';

export type Language = 'en' | 'de' | 'ar';
export const DESKTOP = { width: 1280, height: 800 };

const LANGUAGE_KEY = 'harka.language';
/** For what a page says by itself; it may take long where the machine is busy. */
const PATIENCE = 30_000;
/** By then a page that waits has shown what stands in for the rest. */
const AT_REST = 500;

/** A page as somebody sees it, and what their browser had to say about it. */
export interface Visit {
  readonly page: Page;
  /** Errors of scripts, and what the page's own policy refused. */
  readonly complaints: string[];
  /** Requests to the API. */
  readonly apiCalls: string[];
  /** Those until all that is in sight was there. */
  callsBeforeUse: readonly string[];
}

/** The people of one academy, each signed in once, in a browser of their own. */
export class Visitors {
  private readonly contexts = new Map<string, Promise<BrowserContext>>();
  private readonly visits = new Map<string, Promise<Visit>>();

  constructor(
    private readonly browser: Browser,
    private readonly world: World,
    /** Answers calls of the API in the server's place, once somebody is signed in. */
    private readonly server?: (route: Route) => Promise<void>,
  ) {}

  /** The page before anything has come: the server must not answer. */
  async openWaiting(entry: PageEntry, language: Language = 'en'): Promise<Page> {
    const { page } = await this.visitOf(entry.as, isOperators(entry));
    await page.goto(this.addressOf(entry));
    await page.evaluate(`localStorage.setItem('${LANGUAGE_KEY}', '${language}')`);
    await page.locator('h1, .skeleton').first().waitFor({ state: 'attached' });
    await page.waitForTimeout(AT_REST);
    return page;
  }

  async open(entry: PageEntry, language: Language = 'en'): Promise<Visit> {
    const visit = await this.visitOf(entry.as, isOperators(entry));
    const { page } = visit;
    await page.evaluate(`localStorage.setItem('${LANGUAGE_KEY}', '${language}')`);
    // A change of the fragment alone would load nothing.
    await page.goto('about:blank');
    visit.complaints.length = 0;
    visit.apiCalls.length = 0;
    await page.goto(this.addressOf(entry));
    await inSight(page);
    visit.callsBeforeUse = [...visit.apiCalls];
    await toTheEnd(page);
    return visit;
  }

  addressOf(entry: PageEntry): string {
    return this.address(isOperators(entry), entry.at?.(this.world) ?? entry.route);
  }

  async close(): Promise<void> {
    for (const context of this.contexts.values()) await (await context).close();
  }

  private address(operators: boolean, path: string): string {
    return addressOf(operators ? 'admin' : this.world.academy.slug, path);
  }

  private visitOf(person: Person, operators: boolean): Promise<Visit> {
    const key = `${person} ${operators}`;
    const known = this.visits.get(key) ?? this.newVisit(person, operators);
    this.visits.set(key, known);
    return known;
  }

  private async newVisit(person: Person, operators: boolean): Promise<Visit> {
    const context = this.browser.newContext({
      viewport: DESKTOP,
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    this.contexts.set(`${person} ${operators}`, context);
    const opened = await context;
    opened.setDefaultTimeout(PATIENCE);
    // Whatever text gets to run calls this.
    await opened.addInitScript(
      `window.__ran = []; window.xss = (how) => { window.__ran.push(String(how)); };`,
    );
    const page = await opened.newPage();
    if (person === 'nobody') await page.goto(this.address(operators, '/sign-in'));
    else await this.signIn(page, person, operators);
    if (this.server !== undefined) await opened.route('**/api/v1/**', this.server);
    const visit: Visit = { page, complaints: [], apiCalls: [], callsBeforeUse: [] };
    page.on('pageerror', (error) => visit.complaints.push(error.message));
    page.on('console', (message) => {
      const text = message.text();
      // An answer that is no success is the page's to deal with.
      if (message.type() === 'error' && !text.startsWith('Failed to load resource')) {
        visit.complaints.push(text);
      }
    });
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      const isCall = request.resourceType() === 'fetch' || request.resourceType() === 'xhr';
      if (isCall && pathname.startsWith('/api/')) visit.apiCalls.push(`${request.method()} ${pathname}`);
    });
    return visit;
  }

  private async signIn(page: Page, person: Exclude<Person, 'nobody'>, operators: boolean): Promise<void> {
    const { email, password } = this.world.signIns[person];
    await page.goto(this.address(operators, operators ? '/control/sign-in' : '/sign-in'));
    await page.locator('input[name="email"]').fill(email);
    await page.locator('input[name="password"]').fill(password);
    await page.locator('input[name="password"]').press('Enter');
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  }
}

/** There is a heading, and nothing in sight is on its way any more. */
async function inSight(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await until(page, `${ON_ITS_WAY}.every((element) => element.getBoundingClientRect().top > innerHeight)`);
}

/** Goes to where something is still on its way, since it may begin only then, until nothing is; and back to the top. */
async function toTheEnd(page: Page): Promise<void> {
  await until(
    page,
    `(() => {
      const [next] = ${ON_ITS_WAY};
      next?.scrollIntoView({ block: 'center' });
      if (next === undefined) scrollTo(0, 0);
      return next === undefined;
    })()`,
  );
}

const ON_ITS_WAY = `[...document.querySelectorAll('[aria-busy="true"], .skeleton')]`;

async function until(page: Page, isSo: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await page.evaluate<boolean>(isSo))) {
    if (Date.now() > deadline) throw new Error(`${page.url()} is still waiting for something.`);
    await page.waitForTimeout(20);
  }
}
