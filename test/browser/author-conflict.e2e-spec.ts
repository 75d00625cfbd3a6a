import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CourseContent, Draft } from '#libs/contracts/courses';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { aDraft, saveDraft } from '../support/authoring.js';
import {
  accessibilityFaults,
  addressOf,
  launchBrowser,
  openPage,
  picture,
  signInAs,
} from '../support/browser.js';
import { DEMO_PASSWORD, signIn, type Site } from '../support/platform.js';

describe('two authors on one draft, and a line that breaks', () => {
  let browser: Browser;
  let author: Site;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    author = await signIn('acme', 'owner@acme.example');
    ({ context, page } = await openPage(browser));
    await signInAs(page, 'acme', 'author@acme.example', DEMO_PASSWORD);
  }, 60_000);
  afterAll(async () => browser.close());

  /** A draft with two lessons, open in the browser at the first one. */
  const openDraft = async () => {
    const draft = await aDraft(author, `Two at once ${Date.now()}`, [
      { title: 'First', markdown: 'Written by nobody.' },
      { title: 'Second', markdown: 'Left alone.' },
    ]);
    await page.goto(addressOf('acme', `/author/${draft.courseId}`));
    await openLesson('First');
    return draft;
  };
  const openLesson = async (title: string) => {
    await page
      .getByRole('navigation', { name: 'Course structure' })
      .getByText(title, { exact: true })
      .click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor();
  };
  const write = async (text: string) => {
    await page.getByRole('textbox', { name: 'Text', exact: true }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  };
  const save = async () => page.getByRole('button', { name: 'Save draft' }).click();
  const saved = async () =>
    page
      .locator('.editor__state')
      .getByText(/^Draft saved \d/)
      .waitFor();
  const withMarkdown = (content: CourseContent, index: number, markdown: string): CourseContent => {
    const next = structuredClone(content);
    const lesson = next.modules[0]?.lessons[index];
    if (lesson?.kind === 'article') lesson.markdown = markdown;
    return next;
  };
  const textsOf = async (courseId: string): Promise<string[]> => {
    const { content } = await author.get<Draft>(`/api/v1/courses/${courseId}/draft`);
    return content.modules.flatMap(({ lessons }) =>
      lessons.map((lesson) => (lesson.kind === 'article' ? lesson.markdown.trim() : '')),
    );
  };

  it('shows both when both have changed one lesson, and keeps both if wanted', async () => {
    const draft = await openDraft();
    await write('Mine, typed in the browser.');
    await saveDraft(
      author,
      draft.courseId,
      draft.revision,
      withMarkdown(withMarkdown(draft.content, 0, 'Theirs, saved first.'), 1, 'Theirs too.'),
    );
    await save();
    const dialog = page.getByRole('alertdialog', { name: 'Somebody else saved this course' });
    await dialog.waitFor();
    await dialog.getByText('One change of theirs gets in the way of none of yours').waitFor();
    await dialog.getByRole('group', { name: 'Lesson “First”' }).waitFor();
    await picture(page, 'acme-desktop-author-conflict');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('radio', { name: 'Keep both, one after the other' }).check();
    await dialog.getByRole('button', { name: 'Merge and save' }).click();
    await saved();
    expect(await textsOf(draft.courseId)).toEqual([
      'Theirs, saved first.',
      'Mine, typed in the browser.',
      'Theirs too.',
    ]);
  }, 60_000);

  it('merges by itself what does not touch, once the author says so', async () => {
    const draft = await openDraft();
    await write('Mine.');
    await saveDraft(author, draft.courseId, draft.revision, withMarkdown(draft.content, 1, 'Theirs.'));
    await save();
    await page.getByText('Both can be kept as they are.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Merge and save' }).click();
    await saved();
    expect(await textsOf(draft.courseId)).toEqual(['Mine.', 'Theirs.']);
  }, 60_000);

  it.each([
    ['no connection', 0],
    ['an overload', 429],
    ['a fault of the server', 500],
    ['a conflict of another kind', 409],
  ])(
    'loses no word to %s, nor to a tab that is lost then',
    async (_, status) => {
      const draft = await openDraft();
      await write('Typed and never saved.');
      await page.route(`**/api/v1/courses/${draft.courseId}/draft`, async (route) => {
        if (route.request().method() !== 'PUT') return route.continue();
        if (status === 0) return route.abort('internetdisconnected');
        return route.fulfill({
          status,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            ...{
              type: 'about:blank',
              title: 'No',
              status,
              code: 'test.refused',
              detail: 'No.',
              requestId: 'x',
            },
          }),
        });
      });
      await save();
      await page.getByRole('alert').first().waitFor();
      await page.getByText('is kept in this browser', { exact: false }).waitFor();
      await page.unroute(`**/api/v1/courses/${draft.courseId}/draft`);

      // The tab is gone; in another one the words are offered back.
      page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
      await page.close({ runBeforeUnload: false });
      page = await context.newPage();
      await page.goto(addressOf('acme', `/author/${draft.courseId}`));
      await page.getByText('There are changes that were never saved').waitFor();
      await page.getByRole('button', { name: 'Bring them back' }).click();
      await save();
      await saved();
      expect(await textsOf(draft.courseId)).toEqual(['Typed and never saved.', 'Left alone.']);
    },
    60_000,
  );

  it('brings kept words back into a draft that has gone on, without taking anything from it', async () => {
    const draft = await openDraft();
    await write('Kept in the browser.');
    await page.waitForTimeout(1_000);
    await page.close({ runBeforeUnload: false });
    await saveDraft(author, draft.courseId, draft.revision, withMarkdown(draft.content, 1, 'Theirs.'));
    page = await context.newPage();
    await page.goto(addressOf('acme', `/author/${draft.courseId}`));
    await page.getByRole('button', { name: 'Bring them back' }).click();
    await page.getByRole('button', { name: 'Merge and save' }).click();
    await saved();
    expect(await textsOf(draft.courseId)).toEqual(['Kept in the browser.', 'Theirs.']);
  }, 60_000);

  it('lets somebody sign in again in the middle of writing, and saves what was written', async () => {
    const draft = await openDraft();
    await write('Written across two sessions.');
    await context.clearCookies();
    await save();
    await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
    await page.getByLabel('Password', { exact: true }).press('Enter');
    await page.getByLabel('Password', { exact: true }).waitFor({ state: 'detached' });
    await save();
    await saved();
    expect(await textsOf(draft.courseId)).toEqual(['Written across two sessions.', 'Left alone.']);
  }, 60_000);
});
