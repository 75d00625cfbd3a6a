import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuthoredCourse, Draft, Enrolment, LessonView } from '#libs/contracts/courses';
import type { Browser, Page } from 'playwright-core';
import { operationsOf } from '../isolation/operations.js';
import { pathsOf } from '../isolation/possessions.js';
import { launchBrowser } from '../support/browser.js';
import { mailedLink } from '../support/outbox.js';
import { Site } from '../support/platform.js';
import { feedEveryField, type Fed } from './hostile-feed.js';
import { formulas, hostileMarkdown, hostileTexts } from './hostile-text.js';
import { pages, titleOf } from './pages.js';
import { Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

const looked = pages.filter(({ leadsOn }) => leadsOn !== true);
const onePageEach = looked.filter(({ as }, index) => looked.findIndex((other) => other.as === as) === index);

/** Every text that the API takes is fed hostile texts; then everything that shows them is looked at. */
describe('hostile text', () => {
  let browser: Browser;
  let world: World;
  let visitors: Visitors;
  let fed: Fed;

  beforeAll(async () => {
    browser = await launchBrowser();
    world = await aWorld(`hostile-${Date.now().toString(36)}`, 'acme');
    visitors = new Visitors(browser, world);
    // Before anything is changed that a sign-in may ask for.
    for (const entry of onePageEach) await visitors.open(entry);
    await rename(world.sites.owner, '/api/v1/organization/settings', `Academy ${hostileTexts[1] ?? ''}`);
    await feedCourses(world);
    fed = await feedEveryField(world);
  }, 240_000);

  afterAll(async () => {
    await visitors.close();
    await browser.close();
  });

  it('goes to every field that a write describes: it is taken as a text, or refused by the name of the field', () => {
    expect(fed.unreached).toEqual([]);
    expect(fed.taken.length).toBeGreaterThan(50);
  });

  it('is no text with a NUL, a control character, half a character or more than fits', () => {
    expect(fed.wronglyTaken).toEqual([]);
  });

  it('is worked out by no spreadsheet that opens what is exported', async () => {
    const { owner } = world.sites;
    const ids = new Map([['importId', new Set([world.importId])]]);
    const downloads = (await operationsOf(owner)).filter(
      ({ isDownload, method }) => isDownload && method === 'GET',
    );
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const path of downloads.flatMap((operation) => pathsOf(operation, ids))) {
      const { status, text, headers } = await owner.call({ path });
      if (status !== 200 || !String(headers['content-type']).startsWith('text/csv')) continue;
      seen.add(path);
      for (const cell of cellsOf(text)) {
        if (/^[=+@\t\r-]/.test(cell) && Number.isNaN(Number(cell))) faults.push(`${path}: ${cell}`);
      }
    }
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(4);
    // There was something to work out: the people are in it.
    expect(cellsOf((await owner.call({ path: '/api/v1/reports/export/enrolments' })).text)).toEqual(
      expect.arrayContaining(formulas.map((formula) => expect.stringContaining(formula) as unknown)),
    );
  });

  it('stays a text in letters, and writes no head of one', async () => {
    const raw: string[] = [];
    for (const index of hostileTexts.keys()) {
      const { letter } = await mailedLink(world.academy.slug, emailOf(index), '/accept-invitation');
      const [head = ''] = letter.split(/\r?\n\r?\n/);
      expect(head).not.toMatch(/^bcc:/im);
      const page = letter.slice(letter.indexOf('<!doctype html>'));
      expect(page).toContain('&lt;img src=x onerror');
      raw.push(...hostileTexts.filter((text) => text.includes('<') && page.includes(text)));
    }
    expect(raw).toEqual([]);
  }, 60_000);

  it('runs nowhere, and breaks no policy of our own', async () => {
    const faults: Record<string, string[]> = {};
    for (const entry of looked) {
      const visit = await visitors.open(entry);
      await visit.page.evaluate(OPEN_WHAT_OPENS);
      await visit.page.waitForTimeout(50);
      const found = [
        ...(await ranOn(visit.page)),
        ...(await liveAddressesOn(visit.page)),
        ...visit.complaints,
      ];
      if (found.length > 0) faults[titleOf(entry)] = found;
    }
    expect(faults).toEqual({});
  }, 240_000);

  it('meets a policy without a way around it', async () => {
    const page = await new Site(world.academy.slug).call({ path: '/', headers: { accept: 'text/html' } });
    const policy = new Map(
      String(page.headers['content-security-policy'])
        .split(';')
        .map((part) => part.trim().split(/\s+/))
        .map(([name = '', ...values]) => [name, values] as const),
    );
    const scripts = policy.get('script-src') ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const loose of [
      `'unsafe-inline'`,
      `'unsafe-eval'`,
      `'unsafe-hashes'`,
      '*',
      'data:',
      'https:',
      'http:',
    ]) {
      expect({ loose, scripts }).not.toMatchObject({ scripts: expect.arrayContaining([loose]) as unknown });
    }
    expect(policy.get('style-src') ?? policy.get('default-src')).not.toContain(`'unsafe-inline'`);
    expect(policy.get('object-src')).toEqual([`'none'`]);
    expect(policy.get('base-uri')).toEqual([`'none'`]);
    expect(policy.get('frame-ancestors')).toEqual([`'none'`]);
    expect(policy.get('form-action')).toEqual([`'self'`]);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });
});

/** Details, menus and dialogs are not what runs: but what they hold is in the page then. */
const OPEN_WHAT_OPENS = `document.querySelectorAll('details').forEach((one) => { one.open = true; }); undefined`;

/** Who called `xss`: nobody. It is defined before any script of the page, so a call is never an error that hides it. */
async function ranOn(page: Page): Promise<string[]> {
  const calls = await page.evaluate<string[]>(`window.__ran ?? []`);
  return calls.map((call) => `ran: ${call}`);
}

/** Addresses and handlers that would run if somebody touched them. */
async function liveAddressesOn(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const live = [];
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) live.push(element.tagName + ' ' + name);
        if (/^\\s*(javascript|vbscript|data:text)/i.test(value) && /^(href|src|action|formaction|xlink:href|data)$/i.test(name)) {
          live.push(element.tagName + ' ' + name + '=' + value.slice(0, 40));
        }
      }
    }
    return live;
  })()`);
}

/** What no example reaches: a course whose every text is hostile, published, enrolled in, and its people. */
async function feedCourses({ sites, authoredCourseId, enrolmentId, lessons }: World): Promise<void> {
  const { author, owner, learner } = sites;
  const path = `/api/v1/courses/${authoredCourseId}/draft`;
  const { content } = await author.get<Draft>(path);
  const [script = '', image = '', drawing = '', breakout = ''] = hostileTexts;
  const poisoned = {
    ...content,
    title: `Visitors ${image}`,
    summary: hostileTexts.join(' ').slice(0, 1000),
    tags: [script.slice(0, 40), drawing.slice(0, 40)],
    modules: content.modules.map((module) => ({
      ...module,
      title: `${module.title} ${drawing}`,
      lessons: module.lessons.map((lesson) => {
        const title = `${lesson.title} ${image}`;
        if (lesson.kind === 'article') return { ...lesson, title, markdown: hostileMarkdown };
        if (lesson.kind === 'video') return { ...lesson, title, transcript: hostileMarkdown };
        if (lesson.kind === 'file') return { ...lesson, title, description: hostileMarkdown };
        return {
          ...lesson,
          title,
          intro: hostileMarkdown,
          questions: lesson.questions.map((question) => ({
            ...question,
            prompt: `${question.prompt} ${breakout}`,
            explanation: hostileTexts.join(' '),
            ...(question.kind === 'short'
              ? {}
              : {
                  options: question.options.map((option) => ({
                    ...option,
                    text: `${option.text} ${script}`,
                    feedback: image,
                  })),
                }),
          })),
        };
      }),
    })),
  };
  const { headers } = await author.call({ path });
  const saved = await author.send<Draft>(
    'PUT',
    path,
    { content: poisoned },
    { 'if-match': String(headers['etag']) },
  );
  await author.send('POST', `/api/v1/courses/${authoredCourseId}/publish`, undefined, {
    'if-match': `"${saved.revision}"`,
  });
  await author.send<AuthoredCourse>('POST', '/api/v1/courses', { title: `Draft ${drawing}`, language: 'en' });
  const userIds: string[] = [];
  for (const [index, text] of [...hostileTexts, ...formulas].entries()) {
    const { id } = await owner.send<{ id: string }>('POST', '/api/v1/users', {
      ...{ email: emailOf(index), name: text.slice(0, 190), role: 'learner' },
      ...{ department: text.slice(0, 90) },
    });
    userIds.push(id);
  }
  await owner.send('POST', `/api/v1/courses/${authoredCourseId}/assignments`, { userIds });
  const { id } = await learner.get<{ id: string }>('/api/v1/auth/me');
  await rename(owner, `/api/v1/users/${id}`, `Lou ${hostileTexts[1] ?? ''}`);
  await learner.send(
    'PUT',
    `/api/v1/me/courses/${enrolmentId}/lessons/${lessons.article}/note`,
    { text: hostileTexts.join('\n') },
    { 'if-match': '"0"' },
  );
  await answer(learner, enrolmentId, lessons.quiz);
}

const emailOf = (index: number) => `hostile-${index}@acme.example`;

async function rename(site: Site, path: string, name: string): Promise<void> {
  const { headers } = await site.call({ path });
  await site.send('PATCH', path, { name }, { 'if-match': String(headers['etag']) });
}

/** The cells of a CSV file (RFC 4180), as a spreadsheet reads them. */
function cellsOf(csv: string): string[] {
  return [...csv.replace(/^\ufeff/, '').matchAll(/(?:^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/** A short answer comes back in the feedback. */
async function answer(learner: Site, enrolmentId: string, lessonId: string): Promise<void> {
  const enrolment = await learner.get<Enrolment>(`/api/v1/me/courses/${enrolmentId}`);
  const path = `/api/v1/me/courses/${enrolment.enrolmentId}/lessons/${lessonId}`;
  const { lesson } = await learner.get<LessonView>(path);
  if (lesson.kind !== 'quiz') return;
  await learner.send('POST', `${path}/attempts`, {
    answers: lesson.questions.map(({ id, kind, options }) =>
      kind === 'short'
        ? { questionId: id, text: hostileTexts.join(' ').slice(0, 1000) }
        : { questionId: id, optionIds: options.slice(0, 1).map((option) => option.id) },
    ),
  });
}
