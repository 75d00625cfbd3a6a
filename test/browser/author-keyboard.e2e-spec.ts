import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Draft } from '#libs/contracts/courses';
import type { Browser, Page } from 'playwright-core';
import { aDraft } from '../support/authoring.js';
import { addressOf, launchBrowser, openPage, signInAs } from '../support/browser.js';
import { DEMO_PASSWORD, signIn, type Site } from '../support/platform.js';

describe('putting parts in order', () => {
  let browser: Browser;
  let page: Page;
  let author: Site;
  let courseId: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    author = await signIn('acme', 'author@acme.example');
    const articles = ['One', 'Two', 'Three'].map((title) => ({ title, markdown: title }));
    ({ courseId } = await aDraft(author, `In order ${Date.now()}`, articles));
    ({ page } = await openPage(browser));
    await signInAs(page, 'acme', 'author@acme.example', DEMO_PASSWORD);
    await page.goto(addressOf('acme', `/author/${courseId}`));
    await structure().waitFor();
  }, 90_000);
  afterAll(async () => browser.close());

  const structure = () => page.getByRole('navigation', { name: 'Course structure' });
  const part = (name: string) => structure().getByRole('button', { name, exact: true });
  const lessons = async () =>
    (await structure().locator('.structure__lessons .structure__name').allTextContents()).join(' ');
  const saved = async (): Promise<Draft> => {
    await page.keyboard.press('Control+s');
    await page
      .locator('.editor__state')
      .getByText(/^Draft saved \d/)
      .waitFor();
    return author.get<Draft>(`/api/v1/courses/${courseId}/draft`);
  };

  it('moves lessons and modules by keyboard alone, and says where they are', async () => {
    await part('One').focus();
    await page.keyboard.press('Alt+ArrowDown');
    expect(await lessons()).toBe('Two One Three');
    await page.getByText('One: now number 2 of 3.').waitFor();
    // It keeps the focus, so the next key moves it on.
    await page.keyboard.press('Alt+ArrowDown');
    expect(await lessons()).toBe('Two Three One');

    await page.getByRole('button', { name: 'Add module' }).press('Enter');
    await page.getByRole('textbox', { name: 'Module title' }).fill('Second part');
    await part('Second part').focus();
    await page.keyboard.press('Alt+ArrowUp');
    const { content } = await saved();
    expect(content.modules.map(({ title }) => title)).toEqual(['Second part', 'The basics']);
    // At the edge of its module a lesson goes over into the next one.
    await part('Two').focus();
    await page.keyboard.press('Alt+ArrowUp');
    expect((await saved()).content.modules[0]?.lessons.map(({ title }) => title)).toEqual(['Two']);
  }, 60_000);

  it('moves lessons by pointer, also into an empty module', async () => {
    const drag = async (name: string, onto: string) => {
      await part(name).hover();
      const handle = structure()
        .locator('.structure__row', { has: page.getByRole('button', { name, exact: true }) })
        .locator('.reorder__handle');
      await handle.dragTo(part(onto), { targetPosition: { x: 40, y: 4 } });
    };
    await drag('One', 'Three');
    await page.getByText('One: now number 1 of 2.').waitFor();
    expect(await lessons()).toBe('Two One Three');
    await page.getByRole('button', { name: 'Add module' }).click();
    await page.getByRole('textbox', { name: 'Module title' }).fill('Third part');
    await drag('Three', 'Third part');
    await page.getByText('now number 1 of 1.', { exact: false }).waitFor();
    const { content } = await saved();
    expect(content.modules.map(({ lessons: own }) => own.map(({ title }) => title))).toEqual([
      ['Two'],
      ['One'],
      ['Three'],
    ]);
  }, 60_000);

  it('moves questions and options by keyboard alone', async () => {
    await page.getByRole('button', { name: 'Add lesson to Second part' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Quiz' }).press('Enter');
    await page.getByRole('textbox', { name: 'Lesson title' }).fill('Quiz');
    const prompts = page.getByRole('textbox', { name: 'What do you ask?' });
    await prompts.fill('First question');
    await page.getByRole('textbox', { name: 'Option 1', exact: true }).fill('alpha');
    await page.getByRole('textbox', { name: 'Option 2', exact: true }).fill('beta');
    await page.getByRole('textbox', { name: 'Option 1', exact: true }).press('Alt+ArrowDown');
    await page.getByRole('button', { name: 'Move option 2 up' }).press('Enter');
    await page.getByRole('textbox', { name: 'Option 2', exact: true }).press('Alt+ArrowUp');
    await page.getByRole('button', { name: 'Add question' }).press('Enter');
    await prompts.nth(1).fill('Second question');
    await page.getByRole('button', { name: 'Move up: Question 2' }).press('Enter');
    const { content } = await saved();
    const quiz = content.modules[0]?.lessons.find(({ kind }) => kind === 'quiz');
    expect(
      quiz?.kind === 'quiz' &&
        quiz.questions.map((question) => [
          question.prompt,
          question.kind === 'short' ? [] : question.options.map(({ text }) => text),
        ]),
    ).toEqual([
      ['Second question', ['', '']],
      ['First question', ['beta', 'alpha']],
    ]);
  }, 60_000);
});
