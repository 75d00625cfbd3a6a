import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Draft } from '#libs/contracts/courses';
import type { Browser, Page } from 'playwright-core';
import {
  accessibilityFaults,
  addressOf,
  dark,
  desktop,
  launchBrowser,
  openPage,
  picture,
  signInAs,
} from '../support/browser.js';
import { aLearner } from '../support/learner.js';
import { DEMO_PASSWORD, signIn, type Site } from '../support/platform.js';

const academies = [
  { slug: 'acme', view: desktop },
  { slug: 'globex', view: dark },
] as const;

/** The main job of an author: from nothing to a published course, by the screens alone. */
describe('the way of an author', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser.close());

  it.each(academies)(
    'leads from an empty page to a published version, and on to the next, at $slug',
    async ({ slug, view }) => {
      const { context, page } = await openPage(browser, view);
      const look = async (what: string) => {
        // What lies half under the header is no fault of the page.
        await page.evaluate('window.scrollTo(0, 0)');
        await picture(page, `${slug}-${view.name}-author-${what}`);
        expect({ what, faults: await accessibilityFaults(page) }).toEqual({ what, faults: [] });
      };
      const title = `Lifting safely ${Date.now()}`;
      await signInAs(page, slug, `owner@${slug}.example`, DEMO_PASSWORD);
      await page.goto(addressOf(slug, '/author'));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await look('1-courses');

      await page.getByRole('button', { name: 'New course' }).first().click();
      await page.getByRole('textbox', { name: 'Course title' }).fill(title);
      await page.getByRole('button', { name: 'Create course' }).click();
      await page.waitForURL(/\/author\/[0-9a-f-]{36}$/);
      const courseId = new URL(page.url()).pathname.split('/').at(-1) ?? '';

      // Nothing to publish yet: each gap is named.
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('dialog', { name: 'Not ready yet' }).waitFor();
      await look('2-not-ready');
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

      await page.getByRole('button', { name: 'Add module' }).click();
      await page.getByRole('textbox', { name: 'Module title' }).fill('The basics');
      await addLesson(page, 'The basics', 'Article');
      await page.getByRole('textbox', { name: 'Lesson title' }).fill('Bend your knees');
      await writeArticle(page);
      await look('3-article');

      await addLesson(page, 'The basics', 'Quiz');
      await page.getByRole('textbox', { name: 'Lesson title' }).fill('What do you remember?');
      await page.getByRole('textbox', { name: 'What do you ask?' }).fill('What do you bend?');
      await page.getByRole('textbox', { name: 'Option 1', exact: true }).fill('The knees');
      await page.getByRole('textbox', { name: 'Option 2', exact: true }).fill('The back');
      await page.getByRole('radio', { name: 'Option 1 is right' }).check();
      await look('4-quiz');

      await page.getByRole('button', { name: 'Save draft' }).click();
      await page.getByText('Draft saved', { exact: true }).first().waitFor();
      expect(await markdownOf(slug, courseId)).toBe(expectedMarkdown);

      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByRole('heading', { name: 'What do you remember?' }).waitFor();
      await look('5-preview');
      await page.getByRole('link', { name: 'Back to editing' }).click();
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('This is the first version.').waitFor();
      await look('6-publish');
      await page.getByRole('button', { name: 'Publish now' }).click();
      await page.getByRole('dialog', { name: 'Published' }).waitFor();
      await page.getByRole('button', { name: 'Keep editing' }).click();

      // Somebody begins, the author goes on writing: the next publication says who stays where.
      const learner = await aLearner(slug);
      await begin(learner.site, courseId);
      await page.getByRole('navigation', { name: 'Course structure' }).getByText('Bend your knees').click();
      await page.getByRole('textbox', { name: 'Lesson title' }).fill('Bend your knees, not your back');
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('One learner has begun version 1', { exact: false }).waitFor();
      await page.getByText('What changes against version 1').waitFor();
      await look('7-publish-again');
      await page.getByRole('button', { name: 'Publish now' }).click();
      await page.getByRole('dialog', { name: 'Published' }).waitFor();
      await page.getByRole('button', { name: 'Keep editing' }).click();

      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('heading', { name: 'Version history' }).waitFor();
      await page.getByRole('button', { name: 'Compare with draft: version 1' }).click();
      await page.locator('ins', { hasText: 'not your back' }).first().waitFor();
      await look('8-history');
      await page.getByRole('button', { name: 'Bring back: version 1' }).click();
      await page.getByText('The draft now says what version 1 says.').waitFor();

      await page.goto(addressOf(slug, `/author/${courseId}/learners`));
      await page.getByRole('heading', { name: 'Learners of this course' }).waitFor();
      await page.getByText(learner.email).first().waitFor();
      await look('9-learners');

      await page.goto(addressOf(slug, '/author'));
      await page.getByRole('searchbox', { name: 'Search courses' }).fill(title);
      await page.getByText('Unpublished changes', { exact: true }).last().waitFor();
      await page.getByRole('button', { name: `Actions for ${title}` }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText(`“${title}” restored`).waitFor();
      await context.close();
    },
    240_000,
  );
});

const expectedMarkdown = [
  'Stand **close** to the load.',
  '## Step by step',
  '- Look\n- Bend\n- Lift',
  '| What | How |\n| --- | --- |\n| Knees | bent |\n|  |  |',
].join('\n\n');

async function addLesson(page: Page, module: string, kind: string): Promise<void> {
  await page.getByRole('button', { name: `Add lesson to ${module}` }).click();
  await page.getByRole('menuitem', { name: kind }).click();
}

/** By keyboard alone, as people who write do. */
async function writeArticle(page: Page): Promise<void> {
  const text = page.getByRole('textbox', { name: 'Text', exact: true });
  const insert = async (block: string) => {
    await page.keyboard.press('/');
    await page.getByRole('menuitem', { name: block, exact: true }).click();
  };
  await text.click();
  await page.keyboard.type('Stand ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('close');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' to the load.');
  await page.keyboard.press('Enter');
  await insert('Heading');
  await page.keyboard.type('Step by step');
  await page.keyboard.press('Enter');
  await insert('List');
  for (const item of ['Look', 'Bend', 'Lift']) {
    await page.keyboard.type(item);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Enter');
  await insert('Table');
  for (const cell of ['What', 'How', 'Knees', 'bent']) {
    await page.keyboard.type(cell);
    await page.keyboard.press('Tab');
  }
}

async function markdownOf(slug: string, courseId: string): Promise<string> {
  const author = await signIn(slug, `owner@${slug}.example`);
  const { content } = await author.get<Draft>(`/api/v1/courses/${courseId}/draft`);
  const [lesson] = content.modules[0]?.lessons ?? [];
  return lesson?.kind === 'article' ? lesson.markdown.trimEnd() : '';
}

async function begin(learner: Site, courseId: string): Promise<void> {
  const enrolment = await learner.send<{ enrolmentId: string; nextLessonId: string }>(
    'POST',
    `/api/v1/courses/${courseId}/enrolments`,
  );
  const path = `/api/v1/me/courses/${enrolment.enrolmentId}/lessons/${enrolment.nextLessonId}/progress`;
  await learner.send('PUT', path, { state: 'started' });
}
