import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '#libs/events/testing';
import type { Browser, Page } from 'playwright-core';
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
import { mailedLetter } from '../support/outbox.js';
import { DEMO_PASSWORD, signIn, type Site } from '../support/platform.js';

const academies = [
  { slug: 'acme', view: desktop },
  { slug: 'globex', view: dark },
] as const;

/** A rule finds its people, they see what is due, a mail says so, and the report knows: in the browser, by keyboard. */
describe('the way of a rule', () => {
  let browser: Browser;
  const name = `Everybody who learns ${Date.now()}`;
  const course = `Course of a rule ${Date.now()}`;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser.close());

  const look = async (page: Page, what: string) => {
    await picture(page, what);
    expect({ what, faults: await accessibilityFaults(page) }).toEqual({ what, faults: [] });
  };

  it.each(academies)(
    'leads from the condition to the learner at $slug',
    async ({ slug, view }) => {
      const owner = await signIn(slug, `owner@${slug}.example`, DEMO_PASSWORD);
      const courseId = await aPublishedCourse(owner, course);
      const { context, page } = await openPage(browser, view);
      const at = (what: string) => `${slug}-${view.name}-${what}`;
      await signInAs(page, slug, `owner@${slug}.example`, DEMO_PASSWORD);
      await page.goto(addressOf(slug, '/admin/rules'));
      await page.getByRole('heading', { level: 1, name: 'Enrolment rules' }).waitFor();
      await look(page, at('rules-1-list'));

      // From here on the mouse stays where it is.
      await press(page, page.getByRole('link', { name: 'New rule' }).first());
      await page.getByRole('heading', { level: 1, name: 'New rule' }).waitFor();
      const preview = page.getByRole('complementary', { name: 'Whom it holds' });
      await preview.getByRole('status').waitFor();
      await type(page, page.getByLabel('Name of the rule'), name);
      await choose(page, page.getByLabel('What is asked'), 'role');
      await pick(page, 'Values: Role', 'Learner');
      await pick(page, 'Courses', course);
      const days = page.getByRole('textbox', { name: 'Days', exact: true });
      await type(page, days, '5');
      await page.getByRole('checkbox', { name: 'Tell the manager' }).focus();
      await page.keyboard.press('Space');
      await preview.getByText('New assignments').waitFor();
      // The numbers follow when the typing pauses.
      await page.waitForTimeout(1_500);
      const held = Number(
        (await preview.getByRole('status').locator('strong').innerText()).replace(/\D/g, ''),
      );
      expect(held).toBeGreaterThan(0);
      await look(page, at('rules-2-editor'));
      await press(page, page.getByRole('button', { name: 'Create rule' }));

      const card = page.getByRole('article', { name });
      await card.waitFor();
      await card.getByText(`${held.toLocaleString('en-GB')} ${held === 1 ? 'person' : 'people'}`).waitFor();
      await look(page, at('rules-3-applied'));
      await press(page, card.getByRole('link', { name }));
      await page.getByRole('grid', { name: 'People in this rule' }).waitFor();
      await look(page, at('rules-4-people'));
      await context.close();

      await seenByLearner(slug, view);
      await seenInReports(slug, view);
      const letter = await mailedLetter(slug, `learner@${slug}.example`, new RegExp(course));
      expect(letter).toContain('Auto-Submitted: auto-generated');
      await removed(slug);
      expect((await owner.call({ method: 'DELETE', path: `/api/v1/courses/${courseId}` })).status).toBe(204);
    },
    240_000,
  );

  async function seenByLearner(slug: string, view: View): Promise<void> {
    const learner = await signIn(slug, `learner@${slug}.example`, DEMO_PASSWORD);
    const unread = () => learner.get<{ unread: number }>('/api/v1/me/notifications/unread-count');
    await until(async () => (await unread()).unread > 0, 30);
    const { context, page } = await openPage(browser, view);
    await signInAs(page, slug, `learner@${slug}.example`, DEMO_PASSWORD);
    const bell = page.getByRole('button', { name: /^Notifications, \d+\+? unread/ });
    await press(page, bell);
    const panel = page.getByRole('dialog', { name: 'Notifications' });
    await panel
      .getByRole('link', { name: new RegExp(`${course}.*due on`) })
      .first()
      .waitFor();
    await look(page, `${slug}-${view.name}-notifications-1-panel`);
    await press(page, panel.getByRole('link', { name: 'Show all' }));
    await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
    await page.getByRole('listitem').first().waitFor();
    await look(page, `${slug}-${view.name}-notifications-2-page`);
    await press(page, page.getByRole('button', { name: 'Mark all as read' }));
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await page.goto(addressOf(slug, '/account#notifications'));
    const mail = page.getByLabel('By e-mail: I get a certificate');
    const wanted = (await mail.inputValue()) === 'daily' ? 'off' : 'daily';
    await choose(page, mail, wanted);
    await page.getByText('Preference saved').first().waitFor();
    await look(page, `${slug}-${view.name}-notifications-3-preferences`);
    await page.reload();
    await mail.waitFor();
    expect(await mail.inputValue()).toBe(wanted);
    await context.close();
  }

  async function seenInReports(slug: string, view: View): Promise<void> {
    const { context, page } = await openPage(browser, view);
    await signInAs(page, slug, `owner@${slug}.example`, DEMO_PASSWORD);
    for (const report of ['courses', 'teams', 'departments', 'overdue', 'trend']) {
      await page.goto(addressOf(slug, `/admin/reports?view=${report}`));
      await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
      await page
        .getByRole('figure')
        .or(page.getByRole('heading', { name: 'Nothing is overdue' }))
        .first()
        .waitFor();
      await look(page, `${slug}-${view.name}-reports-${report}`);
    }
    await page.goto(addressOf(slug, '/admin/reports'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(page, page.getByRole('link', { name: 'Download as CSV: All courses' })),
    ]);
    expect(download.suggestedFilename()).toMatch(/^courses-.*\.csv$/);
    await page.goto(addressOf(slug, '/my-team'));
    await page.getByRole('heading', { level: 1, name: 'My team' }).waitFor();
    await page
      .getByRole('figure')
      .or(page.getByRole('heading', { name: 'Nobody reports to you' }))
      .first()
      .waitFor();
    await look(page, `${slug}-${view.name}-my-team`);
    await context.close();
  }

  /** Deleting can be undone; at last the academy is as it was. */
  async function removed(slug: string): Promise<void> {
    const { context, page } = await openPage(browser, phone);
    await signInAs(page, slug, `owner@${slug}.example`, DEMO_PASSWORD);
    await page.goto(addressOf(slug, '/admin/rules'));
    const remove = page.getByRole('button', { name: `Delete rule: ${name}` });
    await press(page, remove);
    await press(page, page.getByRole('button', { name: 'Undo' }));
    await page.getByText('Rule restored').waitFor();
    await remove.waitFor();
    await look(page, `${slug}-phone-rules-list`);
    await page.goto(addressOf(slug, '/admin/rules/new'));
    await page.getByLabel('Name of the rule').fill('Not sent yet');
    await page.waitForTimeout(800);
    await look(page, `${slug}-phone-rules-editor`);
    await page.reload();
    await press(page, page.getByRole('button', { name: 'Bring it back' }));
    expect(await page.getByLabel('Name of the rule').inputValue()).toBe('Not sent yet');
    await page.goto(addressOf(slug, '/admin/reports'));
    await page.getByRole('figure').waitFor();
    await look(page, `${slug}-phone-reports`);
    await page.goto(addressOf(slug, '/admin/rules'));
    await press(page, remove);
    await remove.waitFor({ state: 'detached' });
    const site = await signIn(slug, `owner@${slug}.example`, DEMO_PASSWORD);
    const { items } = await site.get<{ items: { name: string }[] }>('/api/v1/enrolment-rules');
    expect(items.map((rule) => rule.name)).not.toContain(name);
    await context.close();
  }
});

type Target = ReturnType<Page['getByRole']>;

/** Focus and Enter: what a keyboard can do. */
async function press(page: Page, target: Target): Promise<void> {
  await target.focus();
  await page.keyboard.press('Enter');
}

async function type(page: Page, target: Target, text: string): Promise<void> {
  await target.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

async function choose(page: Page, target: Target, value: string): Promise<void> {
  await target.focus();
  await target.selectOption(value);
  await page.keyboard.press('Tab');
}

/** Types into a box with suggestions and takes the first. */
async function pick(page: Page, label: string, words: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label });
  await box.focus();
  await page.keyboard.type(words);
  await page.getByRole('option', { name: words }).first().waitFor();
  // What is found by the server comes when the typing pauses.
  await page.waitForTimeout(800);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: `Chosen: ${label}` }).waitFor();
}

/** A course of one lesson, from nothing to published. */
async function aPublishedCourse(site: Site, title: string): Promise<string> {
  const { id } = await site.send<{ id: string }>('POST', '/api/v1/courses', { title, language: 'en' });
  const path = `/api/v1/courses/${id}`;
  const draft = await site.call({ path: `${path}/draft` });
  const { content } = draft.json as { content: object };
  const lesson = { id: randomUUID(), kind: 'article', title: 'Read', minutes: 1, markdown: 'Some words.' };
  const modules = [{ id: randomUUID(), title: 'All of it', lessons: [lesson] }];
  const saved = await site.call({
    method: 'PUT',
    path: `${path}/draft`,
    headers: { 'if-match': String(draft.headers['etag']) },
    body: { content: { ...content, modules } },
  });
  await site.send('POST', `${path}/publish`, undefined, { 'if-match': String(saved.headers['etag']) });
  return id;
}
