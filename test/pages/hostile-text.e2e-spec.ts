import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuthoredCourse, Draft, Enrolment, LessonView } from '#libs/contracts/courses';
import type { Browser, Page } from 'playwright-core';
import { exampleOf } from '../isolation/example.js';
import { operationsOf, type Operation } from '../isolation/operations.js';
import { possessionsOf, pathsOf } from '../isolation/possessions.js';
import { launchBrowser } from '../support/browser.js';
import { Site } from '../support/platform.js';
import { hostileMarkdown, hostileTexts } from './hostile-text.js';
import { pages, titleOf } from './pages.js';
import { Visitors } from './visitors.js';
import { aWorld, type World } from './world.js';

/** A field of a body that takes text, by its place in the schema. */
interface TextField {
  readonly name: string;
  readonly set: (body: Record<string, unknown>, text: string) => void;
}

const looked = pages.filter(({ leadsOn }) => leadsOn !== true);
const onePageEach = looked.filter(({ as }, index) => looked.findIndex((other) => other.as === as) === index);

/** Every text that the API takes is fed hostile texts; then everything that shows them is looked at. */
describe('hostile text', () => {
  let browser: Browser;
  let world: World;
  let visitors: Visitors;
  let accepted = 0;

  beforeAll(async () => {
    browser = await launchBrowser();
    world = await aWorld(`hostile-${Date.now().toString(36)}`, 'acme');
    visitors = new Visitors(browser, world);
    // Before anything is changed that a sign-in may ask for.
    for (const entry of onePageEach) await visitors.open(entry);
    accepted = await feedEverything(world);
    await feedCourses(world);
  }, 240_000);

  afterAll(async () => {
    await visitors.close();
    await browser.close();
  });

  it('is taken as text in many fields, so that there is something to see', () => {
    expect(accepted).toBeGreaterThan(8);
  });

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

/** Tells in how many fields a hostile text was taken. */
async function feedEverything({ sites, academy }: World): Promise<number> {
  const operations = await operationsOf(academy.owner);
  const { ids } = await possessionsOf([sites.owner, sites.learner], operations);
  const writes = operations.filter(
    ({ method, body, id }) =>
      body !== undefined &&
      (method === 'POST' || method === 'PATCH' || method === 'PUT') &&
      !id.includes('.session.'),
  );
  let taken = 0;
  for (const operation of writes) {
    const path = pathsOf(operation, ids)[0];
    if (path === undefined || /password|login|logout|refresh|deactivate/.test(path)) continue;
    for (const [index, { name, set }] of textFieldsOf(operation).entries()) {
      for (const site of [sites.owner, sites.learner]) {
        const text = hostileTexts[(taken + index) % hostileTexts.length] ?? '';
        if (
          await takes(
            site,
            operation,
            path,
            (body) => {
              set(body, text);
            },
            ids,
          )
        ) {
          taken += 1;
          break;
        }
        // Many take short texts only.
        if (
          await takes(
            site,
            operation,
            path,
            (body) => {
              set(body, `<b onclick=xss('${name}')>`);
            },
            ids,
          )
        ) {
          taken += 1;
          break;
        }
      }
    }
  }
  return taken;
}

async function takes(
  site: Site,
  operation: Operation,
  path: string,
  change: (body: Record<string, unknown>) => void,
  ids: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<boolean> {
  const { method, body: schema } = operation;
  if (schema === undefined) return false;
  const body = exampleOf(schema, () => [...(ids.get('userId') ?? [])][0] ?? '') as Record<string, unknown>;
  change(body);
  const current = await site.call({ path });
  const etag = current.headers['etag'];
  const { status } = await site.call({
    method,
    path,
    body,
    ...(typeof etag === 'string' ? { headers: { 'if-match': etag } } : {}),
  });
  return status < 300;
}

function textFieldsOf({ body }: Operation): TextField[] {
  const properties = (body?.properties ?? {}) as Record<
    string,
    { type?: string; format?: string; enum?: unknown }
  >;
  return Object.entries(properties)
    .filter(([name, { type, format, enum: values }]) => {
      return (
        type === 'string' &&
        format === undefined &&
        values === undefined &&
        !/password|token|secret/i.test(name)
      );
    })
    .map(([name]) => ({
      name,
      set: (into: Record<string, unknown>, text: string) => {
        into[name] = text;
      },
    }));
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
  for (const [index, text] of hostileTexts.entries()) {
    await owner.call({
      method: 'POST',
      path: '/api/v1/users',
      body: {
        ...{ email: `hostile-${index}@acme.example`, name: text.slice(0, 190), role: 'learner' },
        ...{ department: text.slice(0, 90) },
      },
    });
  }
  await rename(owner, learner);
  await answer(learner, enrolmentId, lessons.quiz);
}

async function rename(owner: Site, learner: Site): Promise<void> {
  const { id } = await learner.get<{ id: string }>('/api/v1/auth/me');
  const path = `/api/v1/users/${id}`;
  const { headers } = await owner.call({ path });
  await owner.send(
    'PATCH',
    path,
    { name: `Lou ${hostileTexts[1] ?? ''}` },
    { 'if-match': String(headers['etag']) },
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
