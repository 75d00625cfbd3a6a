import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { PeopleImport } from '#libs/contracts/auth';
import { anAcademy, type Academy } from '../support/academy.js';
import { addressOf, launchBrowser, openPage, signInAs } from '../support/browser.js';
import { FIGURES_FILE, keepFigures } from './figures-file.js';

const PEOPLE = 10_000;
/** So far a wheel goes at once, and so long it takes until the next. */
const STEP = 400;
const PAUSE = 16;

interface Scrolled {
  readonly frames: number;
  readonly longFrames: number;
  readonly longestFrame: number;
  readonly longTasks: number;
  readonly blocking: number;
  readonly mostRows: number;
}

/** `npm run figures`: how a list of 10,000 people scrolls, from its first row to its last. */
describe('figures', () => {
  let browser: Browser;
  let academy: Academy;

  beforeAll(async () => {
    browser = await launchBrowser();
    academy = await anAcademy(`many-${Date.now().toString(36)}`);
    await bringIn(academy);
  }, 600_000);

  afterAll(async () => browser.close());

  it('of a list of 10,000 people', async () => {
    const { context, page } = await openPage(browser);
    await signInAs(page, academy.slug, academy.ownerEmail, academy.password);
    await page.goto(addressOf(academy.slug, '/admin/people'));
    const table = page.locator('.data-table');
    await table.locator('[role=row]').nth(5).waitFor();
    const session = await context.newCDPSession(page);

    const loading = await scroll(page, session, 'to the end');
    const reached = await table.getAttribute('aria-rowcount');
    const back = await scroll(page, session, 'to the start');
    keepFigures('peopleList', { people: PEOPLE, rowsReached: Number(reached), loading, back });
    const line = (what: string, { frames, longFrames, longestFrame, blocking, mostRows }: Scrolled): string =>
      `${what}  ${frames} frames, ${longFrames} longer than 50 ms (longest ${longestFrame} ms), blocked ${blocking} ms, at most ${mostRows} rows in the page`;
    process.stdout.write(
      [
        line(`${PEOPLE} people, scrolled down while they load  `, loading),
        line(`${PEOPLE} people, scrolled up, all of them loaded`, back),
        `All of it is in ${FIGURES_FILE}`,
        '',
      ].join('\n'),
    );
    expect(Number(reached)).toBeGreaterThan(PEOPLE);
    await context.close();
  }, 600_000);
});

async function bringIn({ owner, slug }: Academy): Promise<void> {
  const rows = Array.from(
    { length: PEOPLE },
    (_, index) => `person.${index}@${slug}.example,Person ${String(index).padStart(5, '0')},learner`,
  );
  const file = Buffer.from(`email,name,role\n${rows.join('\n')}\n`);
  const type = { 'content-type': 'text/csv' };
  const { id } = await owner.send<PeopleImport>('POST', '/api/v1/user-imports?name=many.csv', file, type);
  await until(owner, id, 'ready');
  await owner.send('POST', `/api/v1/user-imports/${id}/start`, { invitations: 'none' });
  await until(owner, id, 'done');
}

async function until(owner: Academy['owner'], id: string, wanted: PeopleImport['state']): Promise<void> {
  const deadline = Date.now() + 240_000;
  for (;;) {
    const { state } = await owner.get<PeopleImport>(`/api/v1/user-imports/${id}`);
    if (state === wanted) return;
    if (Date.now() > deadline) throw new Error(`The import is ${state}, not ${wanted}.`);
    await delay(500);
  }
}

/** Turns the wheel over the list until it goes no further, and counts what the reader would have seen stutter. */
async function scroll(
  page: Page,
  session: CDPSession,
  way: 'to the end' | 'to the start',
): Promise<Scrolled> {
  const box = await page.locator('.data-table').boundingBox();
  if (box === null) throw new Error('There is no list.');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.evaluate(`(() => {
    const list = document.querySelector('.data-table');
    const seen = { frames: 0, longFrames: 0, longestFrame: 0, longTasks: 0, blocking: 0, mostRows: 0, going: true };
    window.__seen = seen;
    let before = performance.now();
    const frame = (now) => {
      const took = now - before;
      before = now;
      seen.frames += 1;
      if (took > 50) seen.longFrames += 1;
      seen.longestFrame = Math.max(seen.longestFrame, Math.round(took));
      seen.mostRows = Math.max(seen.mostRows, list.querySelectorAll('[role=row]').length);
      if (seen.going) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) {
        seen.longTasks += 1;
        seen.blocking += Math.round(duration - 50);
      }
    }).observe({ type: 'longtask' });
  })()`);
  const deltaY = way === 'to the end' ? STEP : -STEP;
  for (let still = 0; still < 40;) {
    for (let turns = 0; turns < 25; turns += 1) {
      await session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...at, deltaX: 0, deltaY });
      await page.waitForTimeout(PAUSE);
    }
    const isThere = await page.evaluate<boolean>(`(() => {
      const list = document.querySelector('.data-table');
      const place = list.scrollTop;
      const same = place === window.__place;
      window.__place = place;
      return same;
    })()`);
    still = isThere ? still + 10 : 0;
  }
  return page.evaluate<Scrolled>(`(() => {
    const { going, ...seen } = window.__seen;
    window.__seen.going = false;
    return seen;
  })()`);
}
