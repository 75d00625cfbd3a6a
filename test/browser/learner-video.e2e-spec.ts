import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CourseContent, CourseOutline, Enrolment } from '#libs/contracts/courses';
import type { Browser, Page, Request, Route } from 'playwright-core';
import { anAcademy, type Academy } from '../support/academy.js';
import { aDraft, saveDraft } from '../support/authoring.js';
import {
  accessibilityFaults,
  addressOf,
  desktop,
  launchBrowser,
  openPage,
  phone,
  signInAs,
  type View,
} from '../support/browser.js';

const VIDEO = 'https://videos.example.com/entrance.mp4';
const SECONDS = 60;

/** A learner leaves a film and comes back to it, on another device. */
describe('a video', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => browser.close());

  it.each([
    { like: 'acme', view: desktop },
    { like: 'globex', view: phone },
  ] as const)(
    'goes on at the second where it was left, further back too, in the brand of $like',
    async ({ like, view }) => {
      const academy = await anAcademy(`video-${like}-${Date.now().toString(36)}`, like);
      const lesson = await aVideoLesson(academy);
      const first = await watching(browser, view, academy, lesson);
      expect(await placeOf(first.page)).toBe(0);
      expect(await accessibilityFaults(first.page)).toEqual([]);

      const jumped = kept(first.page);
      await first.page.evaluate(`${FILM}.currentTime = 37.4; undefined`);
      expect(await jumped).toEqual({ seconds: 37, rewind: false });
      await first.page.evaluate(`${FILM}.muted = true; void ${FILM}.play(); undefined`);
      await until(async () => (await placeOf(first.page)) > 38.5);
      const paused = kept(first.page);
      await first.page.evaluate(`${FILM}.pause(); undefined`);
      const second = Math.floor(await placeOf(first.page));
      expect(await paused).toEqual({ seconds: second, rewind: false });
      await first.context.close();

      const elsewhere = await watching(browser, view, academy, lesson);
      await until(async () => (await placeOf(elsewhere.page)) > 0);
      expect(await placeOf(elsewhere.page)).toBe(second);
      const back = kept(elsewhere.page);
      await elsewhere.page.evaluate(`${FILM}.currentTime = 12.9; undefined`);
      expect(await back).toEqual({ seconds: 12, rewind: true });
      await elsewhere.page.reload();
      await until(async () => (await placeOf(elsewhere.page)) > 0);
      expect(await placeOf(elsewhere.page)).toBe(12);
      await elsewhere.context.close();
    },
    120_000,
  );
});

const FILM = `document.querySelector('video')`;

/** Where the film is; 0 before it has begun to load. */
const placeOf = (page: Page): Promise<number> => page.evaluate<number>(`${FILM}?.currentTime ?? 0`);

interface Place {
  readonly seconds: number;
  readonly rewind: boolean;
}

/** Null for what tells no place: also that a lesson was begun is told so. */
function placeIn(request: Request): Place | null {
  if (request.method() !== 'PUT' || !request.url().endsWith('/progress')) return null;
  const { positionSeconds, rewind } = request.postDataJSON() as {
    positionSeconds?: number;
    rewind?: boolean;
  };
  return positionSeconds === undefined ? null : { seconds: positionSeconds, rewind: rewind ?? false };
}

/** The place that the page tells the server next, once it has been taken. */
async function kept(page: Page): Promise<Place | null> {
  const response = await page.waitForResponse((answer) => placeIn(answer.request()) !== null);
  expect(response.status()).toBe(200);
  return placeIn(response.request());
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await holds());) {
    if (Date.now() > deadline) throw new Error('The film has not moved on.');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

async function watching(browser: Browser, view: View, academy: Academy, lesson: string) {
  const { context, page } = await openPage(browser, view);
  await context.route(VIDEO, film);
  await signInAs(page, academy.slug, academy.ownerEmail, academy.password);
  await page.goto(addressOf(academy.slug, lesson));
  await page.locator('video').waitFor();
  await until(() => page.evaluate<boolean>(`${FILM}.readyState > 0`));
  return { context, page };
}

/** A course of one film, begun by the owner; the address of its lesson. */
async function aVideoLesson({ owner }: Academy): Promise<string> {
  const { courseId, content, revision } = await aDraft(owner, 'The entrance', [
    { title: 'Before', markdown: 'A tour of the entrance.' },
  ]);
  const video = { kind: 'video', title: 'A tour', minutes: 1, source: { kind: 'link', url: VIDEO } };
  const saved = await saveDraft(owner, courseId, revision, {
    ...content,
    modules: [{ title: 'The basics', lessons: [video] }],
  } as unknown as CourseContent);
  await owner.send('POST', `/api/v1/courses/${courseId}/publish`, undefined, {
    'if-match': `"${saved.revision}"`,
  });
  const { enrolmentId } = await owner.send<Enrolment>('POST', `/api/v1/courses/${courseId}/enrolments`);
  const { nextLessonId } = await owner.get<CourseOutline>(`/api/v1/me/courses/${enrolmentId}`);
  return `/learn/${enrolmentId}/${nextLessonId ?? ''}`;
}

/** As a server of films answers: by ranges, so that one can jump. A silent sound is a film to the browser, and small. */
async function film(route: Route): Promise<void> {
  const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(route.request().headers()['range'] ?? '') ?? [];
  const first = Number(from);
  const last = to === '' ? silence.length - 1 : Math.min(Number(to), silence.length - 1);
  await route.fulfill({
    status: 206,
    headers: {
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'content-range': `bytes ${first}-${last}/${silence.length}`,
    },
    body: silence.subarray(first, last + 1),
  });
}

const silence = silentSound(SECONDS);

/** Of one channel, 8 bits and 8,000 samples a second (RIFF WAVE). */
function silentSound(seconds: number): Buffer {
  const rate = 8_000;
  const size = rate * seconds;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + size, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(size, 40);
  return Buffer.concat([head, Buffer.alloc(size, 128)]);
}
