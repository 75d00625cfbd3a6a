import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '#libs/events/testing';
import type { Team } from '#libs/contracts/auth';
import type { OverdueRow, Rule } from '#libs/contracts/courses';
import type { Page as PageOf } from '#libs/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import { acceptInvitation, anAcademy, type Academy } from '../support/academy.js';
import {
  accessibilityFaults,
  addressOf,
  dark,
  desktop,
  launchBrowser,
  openPage,
  phone,
  picture,
  signInAs,
  type View,
} from '../support/browser.js';
import { pick, press, toggle, type } from '../support/keyboard.js';

const RULE = 'Safety on the line';
const LATE = 'Safety, long ago';

const TEAM = 'Line 1';
const COURSE = 'Fire safety at work';

/** A rule finds its people, they see what is due, and the reports and their manager know: on two brands, by keyboard. */
describe.each([
  { brand: 'own', color: null, view: desktop },
  { brand: 'other', color: '#7a1f5c', view: dark },
])('the way of a rule in the $brand brand', ({ brand, color, view }) => {
  let browser: Browser;
  let academy: Academy;
  let page: Page;
  const learnerEmail = 'learner@acme.example';

  beforeAll(async () => {
    browser = await launchBrowser();
    academy = await anAcademy(`rules-${brand}-${Date.now().toString(36)}`);
    if (color !== null) await paint(academy, color);
    await academy.owner.send('POST', '/api/v1/invitations', { email: learnerEmail });
    await acceptInvitation(academy.slug, learnerEmail);
    page = await opened(view, academy.ownerEmail);
  }, 180_000);
  afterAll(async () => browser.close());

  async function opened(look: View, email: string): Promise<Page> {
    const { page: own } = await openPage(browser, look);
    await signInAs(own, academy.slug, email, academy.password);
    return own;
  }

  async function visit(path: string, title: string, on = page): Promise<void> {
    await on.goto(addressOf(academy.slug, path));
    await on.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  async function look(what: string, on = page): Promise<void> {
    await on.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    await picture(on, `${brand}-${view.name}-${what}`);
    expect({ what, faults: await accessibilityFaults(on) }).toEqual({ what, faults: [] });
  }

  const ruleCalled = async (name: string) =>
    (await academy.owner.get<PageOf<Rule>>('/api/v1/enrolment-rules')).items.find(
      (rule) => rule.name === name,
    );

  it('is made by keyboard alone, and says beforehand whom it would touch', async () => {
    await visit('/admin/rules', 'Enrolment rules');
    await look('rules-none');
    await press(page.getByRole('link', { name: 'New rule' }).first());
    await page.getByRole('heading', { level: 1, name: 'New rule' }).waitFor();
    const preview = page.getByRole('complementary', { name: 'Whom it holds' });
    await type(page.getByLabel('Name of the rule'), RULE);
    await page.getByLabel('What is asked').selectOption('team');
    await pick(page, 'Values: Team', TEAM);
    await pick(page, 'Courses', COURSE);
    await type(page.getByRole('textbox', { name: 'Days', exact: true }), '5');
    await toggle(page.getByRole('checkbox', { name: 'On the day' }));
    await toggle(page.getByRole('checkbox', { name: 'Tell the manager' }));
    await type(page.getByRole('textbox', { name: 'Days after the due date' }), '3');
    await toggle(page.getByRole('checkbox', { name: 'Has to be taken again' }));
    await type(page.getByRole('textbox', { name: 'Months that a completion holds' }), '24');
    await type(page.getByRole('textbox', { name: 'Days of notice' }), '14');
    await preview.getByText('New assignments').waitFor();
    await preview.getByText('Alex Learner').waitFor();
    const held = Number(await preview.getByRole('status').locator('strong').innerText());
    expect(held).toBeGreaterThan(0);
    expect(await ruleCalled(RULE)).toBeUndefined();
    await look('rules-editor');
    await press(page.getByRole('button', { name: 'Create rule' }));

    const card = page.getByRole('article', { name: RULE });
    await card.getByText(held === 1 ? '1 person' : `${held} people`).waitFor();
    await card.getByText(`Team: ${TEAM}`).waitFor();
    await card.getByText('again every 24 months').waitFor();
    await look('rules-list');
    expect(await ruleCalled(RULE)).toMatchObject({
      people: held,
      due: { kind: 'after_assignment', days: 5 },
      reminders: [-7, -1, 0, 1],
      escalateAfterDays: 3,
      renewal: { afterMonths: 24, noticeDays: 14 },
    });
    await press(card.getByRole('link', { name: RULE }));
    // They are asked for when the reader comes near.
    await page.getByRole('heading', { name: 'People in this rule' }).scrollIntoViewIfNeeded();
    const people = page.getByRole('grid', { name: 'People in this rule' });
    await people.getByRole('row').filter({ hasText: 'Alex Learner' }).getByText(COURSE).waitFor();
    await look('rules-people');
  }, 120_000);

  it('holds the same people when their team is called otherwise', async () => {
    const before = await ruleCalled(RULE);
    const { items } = await academy.owner.get<PageOf<Team>>(`/api/v1/teams?q=${encodeURIComponent(TEAM)}`);
    const path = `/api/v1/teams/${items.find(({ name }) => name === TEAM)?.id ?? ''}`;
    const { headers } = await academy.owner.call({ path });
    const name = `${TEAM} by night`;
    await academy.owner.send('PATCH', path, { name }, { 'if-match': String(headers['etag']) });
    await until(async () => Object.values((await ruleCalled(RULE))?.names ?? {}).includes(name), 30);
    await visit('/admin/rules', 'Enrolment rules');
    await page.getByRole('article', { name: RULE }).getByText(`Team: ${name}`).waitFor();
    const after = await ruleCalled(RULE);
    expect(after).toMatchObject({ people: before?.people, assignments: before?.assignments });
  }, 60_000);

  it('takes a chosen value away by keyboard, and the focus stays at the box', async () => {
    await visit('/admin/rules/new', 'New rule');
    await pick(page, 'Courses', COURSE);
    await press(page.getByRole('button', { name: `Remove ${COURSE}` }));
    await page.getByRole('list', { name: 'Chosen: Courses' }).waitFor({ state: 'detached' });
    const box = page.getByRole('combobox', { name: 'Courses' });
    await box.and(page.locator(':focus')).waitFor();
  }, 60_000);

  it('tells the learner, who reads it, and chooses how to be told', async () => {
    const learner = await opened(view, learnerEmail);
    const told = new RegExp(`${COURSE}.*due on`);
    await until(async () => {
      await learner.reload();
      const bell = learner.getByRole('button', { name: /^Notifications/ });
      await bell.waitFor();
      await learner.waitForLoadState('networkidle');
      return ((await bell.getAttribute('aria-label')) ?? '').includes('unread');
    }, 60);
    await press(learner.getByRole('button', { name: /^Notifications, \d+ unread/ }));
    const panel = learner.getByRole('dialog', { name: 'Notifications' });
    await panel.getByRole('link', { name: told }).first().waitFor();
    await look('notifications-panel', learner);
    await press(panel.getByRole('link', { name: 'Show all' }));
    await learner.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
    const line = learner.getByRole('listitem').filter({ hasText: told }).first();
    await press(line.getByRole('button', { name: /^Mark as read/ }));
    await line.getByRole('button', { name: /^Mark as unread/ }).waitFor();
    await press(line.getByRole('button', { name: /^Mark as unread/ }));
    await line.getByRole('button', { name: /^Mark as read/ }).waitFor();
    await look('notifications', learner);
    await press(learner.getByRole('button', { name: 'Mark all as read' }));
    await learner.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await learner.getByLabel('Which notifications').selectOption('unread');
    await learner.getByRole('heading', { name: 'Nothing new' }).waitFor();

    await press(learner.getByRole('link', { name: 'Preferences' }));
    const mail = learner.getByLabel('By e-mail: A course is overdue');
    await mail.waitFor();
    await look('notifications-preferences', learner);
    await mail.selectOption('off');
    await learner.getByText('Preference saved').first().waitFor();
    await learner.reload();
    await mail.waitFor();
    expect(await mail.inputValue()).toBe('off');
    await learner.context().close();
  }, 120_000);

  it('leaves out nothing of what is late: picture, table and file say the same', async () => {
    const rule = await ruleCalled(RULE);
    await academy.owner.send('POST', '/api/v1/enrolment-rules', {
      ...{ name: LATE, match: 'all', conditions: rule?.conditions, courseIds: await otherCourses(rule) },
      due: { kind: 'date', at: new Date(Date.now() - 10 * 86_400_000).toISOString() },
    });
    await until(async () => (await ruleCalled(LATE))?.applying === false, 30);
    const { items } = await academy.owner.get<PageOf<OverdueRow>>('/api/v1/reports/overdue?limit=100');
    expect(items.map(({ name }) => name)).toContain('Alex Learner');

    await visit('/admin/reports?view=overdue', 'Reports');
    const bands = await cellsOf(page.getByRole('figure').getByRole('table'));
    expect(bands.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(items.length);
    expect(bands.find(([band]) => band === '8 to 30 days')?.[1]).not.toBe('0');
    const lines = page.getByRole('grid', { name: 'Who is late with what' }).getByRole('rowheader');
    expect(await lines.count()).toBe(items.length);
    await look('reports-overdue');
    const file = await download(page.getByRole('link', { name: 'Download as CSV: Who is late with what' }));
    expect(file.slice(1).map(([name, , , , , title]) => [name, title])).toEqual(
      items.map(({ name, courseTitle }) => [name, courseTitle]),
    );
  }, 120_000);

  it.each([
    { view: 'courses', title: 'Completion by course', table: 'All courses', people: false },
    { view: 'teams', title: 'Completion by team', table: 'Completion by team', people: true },
    {
      view: 'departments',
      title: 'Completion by department',
      table: 'Completion by department',
      people: true,
    },
  ])(
    'counts the same in the picture, the table and the file: $view',
    async ({ view: name, title, table, people }) => {
      await visit(`/admin/reports?view=${name}`, 'Reports');
      const figure = page.getByRole('figure', { name: title });
      await figure.waitFor();
      const grid = page.getByRole('grid', { name: table });
      await grid.getByRole('rowheader').first().waitFor();
      await look(`reports-${name}`);
      const drawn = new Map((await cellsOf(figure.getByRole('table'))).map(([of, ...n]) => [of, n]));
      const rows = await gridCells(grid);
      const file = await download(page.getByRole('link', { name: `Download as CSV: ${table}` }).last());
      const skipped = people ? 2 : 1;
      const filed = new Map(
        file.slice(1).map((cells) => {
          const [enrolled, notStarted, inProgress, completed, overdue] = cells.slice(skipped);
          return [
            cells[0] === '' ? 'None' : cells[0],
            { enrolled, notStarted, inProgress, completed, overdue },
          ];
        }),
      );
      expect(rows.length).toBeGreaterThan(1);
      expect(filed.size).toBe(rows.length);
      for (const [of = '', ...cells] of rows) {
        const [enrolled, , inProgress, notStarted, overdue] = cells.slice(skipped - 1);
        expect({ of, ...filed.get(of) }).toMatchObject({ of, enrolled, inProgress, notStarted });
        expect(Number(filed.get(of)?.overdue)).toBe(Number(overdue?.replace('–', '0')));
        expect(drawn.get(of)).toEqual([filed.get(of)?.completed, inProgress, notStarted]);
      }
      await press(figure.getByRole('button', { name: 'As a table' }));
      await figure.getByRole('button', { name: 'As a chart' }).waitFor();
    },
    120_000,
  );

  it('shows a manager the people below, and nobody else', async () => {
    await visit('/my-team', 'My team');
    const people = page.getByRole('grid', { name: 'My team' });
    const row = people.getByRole('row', { name: 'Alex Learner' });
    await row.waitFor();
    await look('my-team');
    const drawn = await cellsOf(page.getByRole('figure').getByRole('table'));
    const total = drawn.reduce((sum, [, count]) => sum + Number(count), 0);
    const file = await download(page.getByRole('link', { name: 'Download as CSV' }).first());
    expect(file.length - 1).toBe(total);
    await page.getByRole('searchbox').fill('Alex Learner');
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Alex Learner' }).waitFor();
    await page.getByText(COURSE).first().waitFor();
    await look('my-team-member');

    const learner = await opened(phone, learnerEmail);
    await visit('/my-team', 'My team', learner);
    await learner.getByRole('heading', { name: 'Nobody reports to you' }).waitFor();
    await learner.context().close();
  }, 120_000);

  it('comes back after it was deleted, and keeps what was typed but not sent', async () => {
    const small = await opened(phone, academy.ownerEmail);
    await visit('/admin/rules', 'Enrolment rules', small);
    await press(small.getByRole('button', { name: `Delete rule: ${RULE}` }));
    await press(small.getByRole('button', { name: 'Undo' }));
    await small.getByText('Rule restored').waitFor();
    await small.getByRole('article', { name: RULE }).waitFor();
    await look('rules-list-phone', small);
    await visit('/admin/rules/new', 'New rule', small);
    await type(small.getByLabel('Name of the rule'), 'Not sent yet');
    await until(
      async () =>
        await small.evaluate<boolean>(`JSON.stringify({ ...localStorage }).includes('Not sent yet')`),
      10,
    );
    await look('rules-editor-phone', small);
    await small.reload();
    await press(small.getByRole('button', { name: 'Bring it back' }));
    expect(await small.getByLabel('Name of the rule').inputValue()).toBe('Not sent yet');
    await small.context().close();
  }, 120_000);

  /** Published courses that the rule does not assign. */
  async function otherCourses(rule: Rule | undefined): Promise<string[]> {
    const { items } = await academy.owner.get<PageOf<{ courseId: string }>>('/api/v1/catalogue?limit=100');
    const own = new Set(rule?.courses.map(({ courseId }) => courseId));
    return items.map(({ courseId }) => courseId).filter((id) => !own.has(id));
  }

  /** The lines of a file, the heading first; nothing in these needs quotes. */
  async function download(link: Locator): Promise<string[][]> {
    const [file] = await Promise.all([page.waitForEvent('download'), press(link)]);
    const text = await readFile(await file.path(), 'utf8');
    return text
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
  }
});

/** The cells of a plain table, without its heading. */
async function cellsOf(table: Locator): Promise<string[][]> {
  await table.waitFor({ state: 'attached' });
  const rows = await table.locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => (await row.locator('th, td').allTextContents()).map((cell) => cell.trim())),
  );
}

async function gridCells(grid: Locator): Promise<string[][]> {
  const rows = await grid
    .getByRole('row')
    .filter({ has: grid.page().getByRole('rowheader') })
    .all();
  return Promise.all(
    rows.map(async (row) => {
      const name = await row.getByRole('rowheader').innerText();
      return [name.trim(), ...(await row.getByRole('gridcell').allInnerTexts()).map((cell) => cell.trim())];
    }),
  );
}

/** Gives the academy another main colour. */
async function paint({ owner }: Academy, primaryColor: string): Promise<void> {
  const path = '/api/v1/organization/branding';
  const { headers } = await owner.call({ path });
  await owner.send('PATCH', path, { primaryColor }, { 'if-match': String(headers['etag']) });
}
