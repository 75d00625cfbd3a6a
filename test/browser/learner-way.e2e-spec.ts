import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MyCourse } from '#libs/contracts/courses';
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
} from '../support/browser.js';
import { DEMO_PASSWORD, signIn, Site } from '../support/platform.js';
import { rightAnswers } from '../support/quiz-answers.js';

const academies = [
  { slug: 'acme', name: 'Acme Works', color: '#b4400f', view: desktop },
  { slug: 'globex', name: 'Globex Logistics', color: '#0b6e69', view: phone },
  { slug: 'initech', name: 'Initech Systems', color: '#5b3dc4', view: dark },
] as const;

/** The main job: a learner signs in to her company's academy, takes a real course, and has its certificate. */
describe('the way of a learner', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => browser.close());

  it.each(academies)(
    'leads from sign-in to the certificate at $name',
    async ({ slug, name, color, view }) => {
      const { context, page } = await openPage(browser, view);
      const look = async (what: string) => {
        await picture(page, `${slug}-${view.name}-${what}`);
        expect({ what, faults: await accessibilityFaults(page) }).toEqual({ what, faults: [] });
      };

      const first = await new Site(slug).call({ path: '/sign-in' });
      expect(first.text).toContain(color);
      expect(first.text).toContain(`<title>${name}`);
      for (const other of academies.filter((academy) => academy.slug !== slug)) {
        expect(first.text).not.toContain(other.color);
      }

      await page.goto(addressOf(slug));
      await page.waitForURL(/sign-in/);
      await look('1-sign-in');
      await signInAs(page, slug, `learner@${slug}.example`, DEMO_PASSWORD);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await look('2-home');
      await page.goto(addressOf(slug, '/catalogue'));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await look('3-catalogue');

      const course = await openCourse(slug);
      await page.goto(addressOf(slug, `/learn/${course.enrolmentId}`));
      await page.waitForURL(new RegExp(`/learn/${course.enrolmentId}/.+`));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await look('4-lesson');
      await learn(page, course, rightAnswers(slug), look);

      await page.waitForURL(/\/finished$/);
      await page
        .getByRole('heading', { name: /Well done|Course completed/ })
        .first()
        .waitFor();
      await look('6-finished');
      await page.getByRole('link', { name: 'View certificate' }).click();
      await page.waitForURL(/\/certificates\/.+/);
      await page.getByText('Alex Learner').first().waitFor();
      await look('7-certificate');

      const certificate = new URL(page.url()).pathname;
      await expectPublicProof(slug, certificate, course.title);
      // Everybody may check it, without signing in; another academy has never heard of it.
      const stranger = await openPage(browser);
      await stranger.page.goto(addressOf(slug, certificate));
      await stranger.page.getByText('Alex Learner').first().waitFor();
      await stranger.context.close();
      const elsewhere = slug === 'acme' ? 'globex' : 'acme';
      expect((await new Site(elsewhere).call({ path: `/api/v1${certificate}` })).status).toBe(404);

      expect(await page.evaluate('document.cookie')).toBe('');
      await context.close();
    },
    180_000,
  );

  it('asks a stranger to sign in, and says no more of a wrong password than that it is wrong', async () => {
    const { context, page } = await openPage(browser);
    await page.goto(addressOf('acme', '/sign-in'));
    await page.getByLabel('E-mail address').fill('nobody@acme.example');
    await page.getByLabel('Password', { exact: true }).fill('not-the-password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await picture(page, 'acme-desktop-wrong-password');
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  });
});

async function openCourse(slug: string): Promise<MyCourse> {
  const learner = await signIn(slug, `learner@${slug}.example`);
  const { items } = await learner.get<{ items: MyCourse[] }>('/api/v1/me/courses');
  const course = items.find(({ status }) => status !== 'completed');
  if (course === undefined) throw new Error(`The demo learner of ${slug} has no open course.`);
  return course;
}

/** Goes through every lesson as a person would: reads, answers, hands in, goes on. */
async function learn(
  page: Page,
  course: MyCourse,
  answers: ReadonlyMap<string, readonly string[]>,
  look: (what: string) => Promise<void>,
): Promise<void> {
  let pictured = false;
  for (let number = 1; number <= course.lessonsTotal; number += 1) {
    // Phones have no room to show it.
    await page
      .getByText(`Lesson ${number} of ${course.lessonsTotal}`, { exact: true })
      .waitFor({ state: 'attached' });
    const handIn = page.getByRole('button', { name: 'Hand in' });
    const complete = page.getByRole('button', { name: /^Complete/ });
    await handIn.or(complete).first().waitFor();
    if (await handIn.isVisible()) {
      await answer(page, answers);
      if (!pictured) await look('5-quiz');
      pictured = true;
      await handIn.click();
      await page.getByText('Passed', { exact: true }).first().waitFor();
      if (number === 1 || number === course.lessonsTotal) await look('5-quiz-result');
      await page.getByRole('link', { name: /^(Next lesson|Finish)$/ }).click();
    } else {
      await complete.click();
    }
  }
}

async function answer(page: Page, answers: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const [prompt, right] of answers) {
    const label = page.getByText(prompt, { exact: true });
    if ((await label.count()) === 0) continue;
    const question = page.locator('.question').filter({ has: label });
    for (const text of right) {
      const choice = question.getByText(text, { exact: true });
      if ((await choice.count()) > 0) await choice.click();
      else await question.getByRole('textbox').fill(text);
    }
  }
}

/** The certificate as a program would check it, and its PDF. */
async function expectPublicProof(slug: string, path: string, title: string): Promise<void> {
  const site = new Site(slug);
  const proof = await site.call({ path: `/api/v1${path}` });
  expect(proof.status).toBe(200);
  expect(proof.text).toContain(title);
  const pdf = await site.call({ path: `/api/v1${path}/pdf` });
  expect(pdf.headers['content-type']).toBe('application/pdf');
  expect(pdf.text.startsWith('%PDF-')).toBe(true);
}
