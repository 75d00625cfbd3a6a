import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogueCourse, CourseOutline, Note } from '#libs/contracts/courses';
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
import { aLearner, type Learner } from '../support/learner.js';

const academies = [
  { slug: 'acme', view: desktop },
  { slug: 'globex', view: phone },
] as const;

/** What a learner does beside learning: finds, chooses, writes down, looks back, shares, sets up. */
describe('the tasks of a learner', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => browser.close());

  const enter = async (slug: string, view: View, learner: Learner) => {
    const { context, page } = await openPage(browser, view);
    await signInAs(page, slug, learner.email, learner.password);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const look = async (what: string) => {
      await picture(page, `${slug}-${view.name}-learner-${what}`);
      expect({ what, faults: await accessibilityFaults(page) }).toEqual({ what, faults: [] });
    };
    return { context, page, look };
  };

  it.each(academies)(
    'finds, enrols, takes notes and goes on at $slug',
    async ({ slug, view }) => {
      const learner = await aLearner(slug);
      const { context, page, look } = await enter(slug, view, learner);
      await page.getByRole('heading', { name: 'Your learning starts here' }).waitFor();
      await page.getByRole('heading', { name: 'Recommended for you' }).waitFor();
      await look('home-empty');

      await page.getByRole('link', { name: 'Catalogue', exact: true }).click();
      await page.getByRole('article').first().waitFor();
      await look('catalogue');
      const all = await page.getByRole('article').count();
      const [course] = (await learner.site.get<{ items: CatalogueCourse[] }>('/api/v1/catalogue')).items;
      const tag = course?.tags[0] ?? '';
      await page.getByLabel('Topic').selectOption(tag);
      await page.waitForURL((url) => url.searchParams.get('tag') === tag);
      await page.getByLabel('My state').selectOption('completed');
      await page.getByRole('heading', { name: 'No course fits these filters' }).waitFor();
      await look('catalogue-nothing');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.waitForURL((url) => url.search === '');
      await page
        .getByRole('article')
        .nth(all - 1)
        .waitFor();

      await page.getByRole('link', { name: course?.title ?? '', exact: true }).click();
      await page.getByRole('button', { name: 'Enrol' }).click();
      await page.getByRole('heading', { name: 'My notes' }).waitFor();
      await page.getByRole('textbox', { name: 'My notes' }).fill('Ask Kim about the second part.');
      await page.getByText('Saved', { exact: true }).waitFor();
      await look('note');

      // Another tab, another device: it is there.
      await page.reload();
      await expectValue(page, 'My notes', 'Ask Kim about the second part.');
      await page.goto(addressOf(slug));
      await page.getByText('Continue where you left off').waitFor();
      await look('home-continue');
      await page.getByRole('link', { name: 'Resume' }).click();
      await page.waitForURL(/\/learn\/.+\/.+/);
      await context.close();
    },
    120_000,
  );

  it.each(academies)(
    'writes beside the lessons, changes and takes away, and finds all of it on the course page at $slug',
    async ({ slug, view }) => {
      const learner = await aLearner(slug);
      const { courseId, enrolmentId } = await enrolled(learner);
      const { modules } = await learner.site.get<CourseOutline>(`/api/v1/me/courses/${enrolmentId}`);
      const [first, second] = modules.flatMap(({ lessons }) => lessons);
      if (first === undefined || second === undefined) throw new Error('The course has no two lessons.');
      const { context, page, look } = await enter(slug, view, learner);
      const notes = page.getByRole('group').filter({ hasText: 'My notes' });
      /** By keyboard: what opens is asked for then. */
      const openNotes = async () => {
        await page.goto(addressOf(slug, `/courses/${courseId}`));
        await notes.getByText('My notes').focus();
        await page.keyboard.press('Enter');
      };
      const write = async (lessonId: string, text: string) => {
        await page.waitForURL(addressOf(slug, `/learn/${enrolmentId}/${lessonId}`));
        const field = page.getByRole('textbox', { name: 'My notes' });
        await field.waitFor();
        const kept = page.waitForResponse(
          (response) => response.request().method() === 'PUT' && response.url().endsWith('/note'),
        );
        await field.fill(text);
        expect((await kept).status()).toBe(200);
      };

      await openNotes();
      await notes.getByText('What you write beside the lessons stands here.').waitFor();
      // The later lesson first: they stand in the order of the course, not of the writing.
      for (const { id, title } of [second, first]) {
        await page.goto(addressOf(slug, `/learn/${enrolmentId}/${id}`));
        await write(id, `About ${title}.`);
      }
      await openNotes();
      await notes.getByRole('listitem').nth(1).waitFor();
      expect(await notes.getByRole('listitem').allInnerTexts()).toEqual(
        [first, second].map(({ title }) =>
          expect.stringMatching(new RegExp(`${title}\\s+About ${title}\\.`)),
        ),
      );
      await look('course-notes');

      await notes.getByRole('link', { name: first.title, exact: true }).click();
      await expectValue(page, 'My notes', `About ${first.title}.`);
      await write(first.id, 'Kim knows.');
      await openNotes();
      await notes.getByText('Kim knows.').waitFor();
      await notes.getByRole('link', { name: second.title, exact: true }).click();
      await write(second.id, '');
      await openNotes();
      await notes.getByText('Kim knows.').waitFor();
      expect(await notes.getByRole('listitem').count()).toBe(1);
      expect(await notes.getByText(`About ${second.title}.`).count()).toBe(0);
      await context.close();
    },
    120_000,
  );

  it('keeps a note through a lost connection and a lost tab, and never overwrites one from elsewhere', async () => {
    const learner = await aLearner('acme');
    const place = await enrolled(learner);
    const { context, page } = await enter('acme', desktop, learner);
    await page.goto(addressOf('acme', `/learn/${place.enrolmentId}/${place.lessonId}`));
    const field = page.getByRole('textbox', { name: 'My notes' });
    await field.waitFor();

    await context.setOffline(true);
    await page.getByText('You are offline. What you type stays here.').waitFor();
    await field.fill('Typed in a tunnel.');
    await page.getByText('Not saved yet.', { exact: false }).waitFor();
    await lose(page);
    await context.setOffline(false);

    const again = await context.newPage();
    await again.goto(addressOf('acme', `/learn/${place.enrolmentId}/${place.lessonId}`));
    await again.getByText('You have something here that was never sent').waitFor();
    await again.getByRole('button', { name: 'Bring it back' }).click();
    await again.getByText('Saved', { exact: true }).waitFor();
    expect((await noteOf(learner, place)).text).toBe('Typed in a tunnel.');

    const path = `/api/v1/me/courses/${place.enrolmentId}/lessons/${place.lessonId}/note`;
    const { headers } = await learner.site.call({ path });
    await learner.site.send(
      'PUT',
      path,
      { text: 'From the phone.' },
      { 'if-match': String(headers['etag']) },
    );
    await again.getByRole('textbox', { name: 'My notes' }).fill('From the desk.');
    await again.getByText('This note was changed elsewhere').waitFor();
    expect(await accessibilityFaults(again)).toEqual([]);
    await again.getByRole('button', { name: 'Keep both' }).click();
    await again.getByText('Saved', { exact: true }).waitFor();
    expect((await noteOf(learner, place)).text).toBe('From the phone.\n\nFrom the desk.');
    await context.close();
  }, 120_000);

  it.each(academies)(
    'looks back and shares what was earned at $slug',
    async ({ slug, view }) => {
      const learner = await aLearner(slug);
      const { context, page, look } = await enter(slug, view, learner);
      await page.getByRole('link', { name: 'My learning', exact: true }).click();
      await page.getByRole('heading', { name: 'Your learning starts here' }).waitFor();
      await look('learning-empty');
      await context.close();

      const done = await openPage(browser, view);
      await done.context.grantPermissions(['clipboard-read', 'clipboard-write'], {
        origin: addressOf(slug, ''),
      });
      await signInAs(done.page, slug, `learner@${slug}.example`, 'harka-demo-1');
      await done.page.goto(addressOf(slug, '/learning'));
      await done.page.getByRole('heading', { name: 'Certificates' }).waitFor();
      await picture(done.page, `${slug}-${view.name}-learner-learning`);
      expect(await accessibilityFaults(done.page)).toEqual([]);
      const share = done.page.getByRole('button', { name: /^Share certificate/ });
      if ((await share.count()) > 0) {
        await share.first().click();
        await done.page.getByText('Link copied').waitFor();
        const link = await done.page.evaluate('navigator.clipboard.readText()');
        expect(String(link)).toContain('/certificates/');
      }
      await done.context.close();
    },
    120_000,
  );

  it('sets name, language and time zone, and the academy speaks it, right to left too', async () => {
    const learner = await aLearner('globex');
    const { context, page, look } = await enter('globex', dark, learner);
    await page.goto(addressOf('globex', '/account'));
    await page.getByLabel('Name').fill('Robin R. Reader');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Profile saved').waitFor();
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByLabel('Language', { exact: true }).selectOption('de');
    await page.getByRole('button', { name: 'Save' }).nth(1).click();
    await page.getByRole('heading', { level: 1, name: 'Ihr Konto' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
    await look('account-de');
    expect(await learner.site.get('/api/v1/auth/me')).toMatchObject({
      name: 'Robin R. Reader',
      locale: 'de',
      timeZone: 'Asia/Tokyo',
    });

    // From any page, by the menu.
    await page.getByRole('button', { name: 'Konto von Robin R. Reader' }).click();
    await page.getByRole('menuitemradio', { name: 'العربية' }).click();
    await page.locator('html[dir=rtl]').waitFor();
    await page.goto(addressOf('globex'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await look('home-ar');
    await page.goto(addressOf('globex', '/catalogue'));
    await page.getByRole('article').first().waitFor();
    await look('catalogue-ar');
    await context.close();

    // A new device speaks it from the first sign-in on.
    const other = await openPage(browser, phone);
    await other.page.goto(addressOf('globex', '/sign-in'));
    await other.page.getByLabel('E-mail address').fill(learner.email);
    await other.page.getByLabel('Password', { exact: true }).fill(learner.password);
    await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.page.locator('html[dir=rtl]').waitFor();
    await other.page.getByRole('heading', { level: 1 }).waitFor();
    await picture(other.page, 'globex-phone-learner-home-ar');
    expect(await accessibilityFaults(other.page)).toEqual([]);
    await other.context.close();
  }, 120_000);

  it('asks in front of the sign-in which language it shall be', async () => {
    const { context, page } = await openPage(browser, phone);
    await page.goto(addressOf('acme', '/sign-in'));
    await page.getByLabel('Language').selectOption('ar');
    await page.locator('html[lang=ar][dir=rtl]').waitFor();
    await page.getByRole('heading', { level: 1, name: 'تسجيل الدخول' }).waitFor();
    await picture(page, 'acme-phone-sign-in-ar');
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  });

  it('learns by keyboard alone, from the sign-in to the next lesson', async () => {
    const learner = await aLearner('acme');
    const place = await enrolled(learner);
    const { context, page } = await openPage(browser);
    await page.goto(addressOf('acme', '/sign-in'));
    await page.getByLabel('E-mail address').waitFor();
    const tabTo = async (name: string | RegExp, role: 'link' | 'button' | 'textbox' = 'link') => {
      const target = page.getByRole(role, { name }).first();
      await target.waitFor();
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press('Tab');
        if ((await target.and(page.locator(':focus')).count()) > 0) return;
      }
      throw new Error(`The keyboard does not get to ${String(name)}.`);
    };
    await tabTo('E-mail address', 'textbox');
    await page.keyboard.type(learner.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(learner.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(addressOf('acme', '/'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await tabTo('Start course');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/learn\/.+\/.+/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const first = page.url();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL((url) => url.href !== first && /\/learn\/.+\/.+/.test(url.pathname));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(first);
    await tabTo('My notes', 'textbox');
    await page.keyboard.type('No mouse was harmed.');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await noteOf(learner, place)).text).toBe('No mouse was harmed.');
    await context.close();
  }, 120_000);

  it('has room for everything at 200 % zoom and on the narrowest phone', async () => {
    const learner = await aLearner('acme');
    const place = await enrolled(learner);
    for (const [width, height] of [
      [320, 640],
      [640, 400],
    ] as const) {
      const { context, page } = await openPage(browser, { ...phone, width, height });
      await signInAs(page, 'acme', learner.email, learner.password);
      for (const path of [
        '/',
        '/learning',
        '/catalogue',
        '/account',
        `/learn/${place.enrolmentId}/${place.lessonId}`,
      ]) {
        await page.goto(addressOf('acme', path));
        await page.getByRole('heading', { level: 1 }).waitFor();
        const wide = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect({ path, width, wide }).toEqual({ path, width, wide: 0 });
      }
      await context.close();
    }
  }, 120_000);

  it('is useful after six calls at most, and nothing jumps', async () => {
    const learner = await aLearner('acme');
    const place = await enrolled(learner);
    const { context, page } = await enter('acme', desktop, learner);
    const paths = [
      '/',
      '/learning',
      '/catalogue',
      `/courses/${place.courseId}`,
      '/account',
      `/learn/${place.enrolmentId}/${place.lessonId}`,
    ];
    for (const path of paths) {
      const calls: string[] = [];
      page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        // The picture of the tab is no call of the page.
        if (pathname.startsWith('/api/') && !pathname.startsWith('/api/v1/brand/')) {
          calls.push(`${request.method()} ${pathname}`);
        }
      });
      await page.goto(addressOf('acme', path), { waitUntil: 'networkidle' });
      await page.getByRole('heading', { level: 1 }).waitFor();
      const shift = await page.evaluate<number>(`new Promise((resolve) => {
        let total = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(total), 300);
      })`);
      expect({
        path,
        calls: calls.length <= 6 ? 'few' : calls,
        steady: shift < 0.02 ? 'yes' : shift,
      }).toEqual({
        path,
        calls: 'few',
        steady: 'yes',
      });
      page.removeAllListeners('request');
    }
    await context.close();
  }, 120_000);
});

interface LearnerPlace {
  readonly courseId: string;
  readonly enrolmentId: string;
  readonly lessonId: string;
}

/** Enrols in the first course with more than one lesson. */
async function enrolled(learner: Learner): Promise<LearnerPlace> {
  const { items } = await learner.site.get<{ items: CatalogueCourse[] }>('/api/v1/catalogue');
  const course = items.find(({ lessons }) => lessons > 1);
  if (course === undefined) throw new Error('There is no course with two lessons.');
  const { courseId } = course;
  const { enrolmentId } = await learner.site.send<{ enrolmentId: string }>(
    'POST',
    `/api/v1/courses/${courseId}/enrolments`,
    {},
  );
  const { nextLessonId } = await learner.site.get<CourseOutline>(`/api/v1/me/courses/${enrolmentId}`);
  return { courseId, enrolmentId, lessonId: nextLessonId ?? '' };
}

const noteOf = ({ site }: Learner, { enrolmentId, lessonId }: LearnerPlace): Promise<Note> =>
  site.get<Note>(`/api/v1/me/courses/${enrolmentId}/lessons/${lessonId}/note`);

async function expectValue(page: Page, name: string, value: string): Promise<void> {
  const field = page.getByRole('textbox', { name });
  await field.waitFor();
  expect(await field.inputValue()).toBe(value);
}

/** The tab's process dies: nothing is sent on the way out. */
async function lose(page: Page): Promise<void> {
  const lost = page.waitForEvent('crash');
  const debug = await page.context().newCDPSession(page);
  // Nobody is left who could answer this.
  debug.send('Page.crash').catch(() => undefined);
  await lost;
  await page.close();
}
