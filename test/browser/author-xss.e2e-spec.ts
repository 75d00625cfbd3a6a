import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CourseContent, Draft } from '#libs/contracts/courses';
import type { Browser, Page } from 'playwright-core';
import { aDraft, saveDraft } from '../support/authoring.js';
import { addressOf, launchBrowser, openPage, signInAs } from '../support/browser.js';
import { DEMO_PASSWORD, signIn, type Site } from '../support/platform.js';

const payloads = [
  '<script>window.__ran=1</script>',
  '<img src=x onerror="window.__ran=1">',
  '"><svg onload="window.__ran=1">',
  "';window.__ran=1;//",
  '<iframe srcdoc="<script>parent.__ran=1</script>">',
  '[click](javascript:window.__ran=1)',
  '![x](javascript:window.__ran=1)',
  '<a href="jav&#x09;ascript:window.__ran=1">x</a>',
  '[x]: javascript:window.__ran=1\n\n[x]',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.__ran=1>',
  '{{constructor.constructor("window.__ran=1")()}}',
  '<details open ontoggle="window.__ran=1">',
  '```html\n<script>window.__ran=1</script>\n```',
  '| a |\n| --- |\n| <img src=x onerror=window.__ran=1> |',
] as const;

/** Every field that an author can fill, filled with what would run if a single one of the pages trusted it. */
describe('scripts in the fields of an author', () => {
  let browser: Browser;
  let page: Page;
  let author: Site;
  const violations: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    author = await signIn('acme', 'owner@acme.example');
    ({ page } = await openPage(browser));
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/.test(message.text())) violations.push(message.text());
    });
    page.on('dialog', (dialog) => void dialog.accept());
    await signInAs(page, 'acme', 'owner@acme.example', DEMO_PASSWORD);
  }, 60_000);
  afterAll(async () => browser.close());

  const ran = async (): Promise<unknown> => page.evaluate('window.__ran');

  it('run nowhere: not in the editor, its source, the preview, the list, a comparison or the catalogue', async () => {
    const all = payloads.join('\n\n');
    const [first] = payloads;
    const draft = await aDraft(author, `${first} ${Date.now()}`, [{ title: first, markdown: all }]);
    const { courseId } = draft;
    const filled = poisoned(draft.content, all);
    const saved = await saveDraft(author, courseId, draft.revision, filled);
    const publish = async ({ revision }: Draft) =>
      author.send('POST', `/api/v1/courses/${courseId}/publish`, undefined, { 'if-match': `"${revision}"` });
    await publish(saved);
    await saveDraft(author, courseId, saved.revision, { ...saved.content, summary: `${first} changed` });

    const lessons = saved.content.modules.flatMap((module) => module.lessons);
    const places = [
      '/author',
      `/author/${courseId}`,
      ...lessons.map(({ id }) => `/author/${courseId}?lesson=${id}`),
      ...lessons.map(({ id }) => `/author/${courseId}/preview?lesson=${id}`),
      `/author/${courseId}/history?from=1`,
      `/author/${courseId}/learners`,
      `/courses/${courseId}`,
    ];
    for (const place of places) {
      await page.goto(addressOf('acme', place));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
      expect({ place, ran: await ran() }).toEqual({ place, ran: undefined });
    }
    expect(violations).toEqual([]);
  }, 120_000);

  it('stay text when they are typed or pasted, and come out as text', async () => {
    const { courseId } = await aDraft(author, `Typed ${Date.now()}`, [{ title: 'Here', markdown: '' }]);
    await page.goto(addressOf('acme', `/author/${courseId}`));
    await page.getByRole('navigation', { name: 'Course structure' }).getByText('Here').click();
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await text.click();
    for (const payload of payloads.slice(0, 9)) {
      await page.keyboard.insertText(payload);
      await page.keyboard.press('Control+Enter');
    }
    await text.evaluate((element) => {
      const data = new (
        globalThis as never as { DataTransfer: new () => { setData: (t: string, v: string) => void } }
      ).DataTransfer();
      data.setData(
        'text/html',
        '<p onclick="window.__ran=1">pasted<img src="x" onerror="window.__ran=1"><a href="javascript:window.__ran=1">link</a><script>window.__ran=1</script></p>',
      );
      const Clipboard = (globalThis as never as { ClipboardEvent: new (t: string, o: unknown) => unknown })
        .ClipboardEvent;
      (element as unknown as { dispatchEvent: (event: unknown) => void }).dispatchEvent(
        new Clipboard('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await text.getByText('pasted', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page
      .locator('.editor__state')
      .getByText(/^Draft saved \d/)
      .waitFor();
    expect(await ran()).toBeUndefined();
    const { content } = await author.get<Draft>(`/api/v1/courses/${courseId}/draft`);
    const [lesson] = content.modules[0]?.lessons ?? [];
    const markdown = lesson?.kind === 'article' ? lesson.markdown : '';
    expect(markdown).toContain('pasted');
    expect(markdown).not.toMatch(/(?<!\\)\]\(\s*javascript:/i);
    expect(markdown).not.toContain('![]');
    await page.goto(addressOf('acme', `/author/${courseId}/preview`));
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await ran()).toBeUndefined();
    const links = await page
      .locator('main a[href]')
      .evaluateAll((found) =>
        found.map((link) =>
          (link as unknown as { getAttribute: (n: string) => string }).getAttribute('href'),
        ),
      );
    expect(links.filter((href) => /^\s*javascript:/i.test(href))).toEqual([]);
    // The browser names each handler of the pasted markup that its policy refuses; there is nothing else to name.
    expect(violations.filter((text) => !text.startsWith('Executing inline event handler'))).toEqual([]);
  }, 90_000);
});

/** The same course with a payload in every text of it, and one lesson of each kind. */
function poisoned(content: CourseContent, all: string): CourseContent {
  const [script, image, svg] = payloads;
  const link = { kind: 'link', url: 'https://example.org/?q=<script>' };
  const option = (text: string, correct: boolean) => ({ text, correct, feedback: image });
  return {
    ...content,
    summary: svg,
    tags: ['<b onmouseover=window.__ran=1>', '"><x>'],
    modules: [
      {
        title: script,
        lessons: [
          ...(content.modules[0]?.lessons ?? []),
          { kind: 'video', title: image, minutes: 1, source: link, transcript: all },
          { kind: 'file', title: svg, minutes: 1, source: link, description: all },
          {
            ...{
              kind: 'quiz',
              title: script,
              minutes: 1,
              intro: all,
              passMark: 50,
              attempts: 0,
              shuffle: false,
            },
            questions: [
              {
                ...{ kind: 'single', prompt: image, points: 1, explanation: svg },
                options: [option(script, true), option(image, false)],
              },
              { kind: 'short', prompt: svg, points: 1, explanation: script, answers: [script] },
            ],
          },
        ],
      },
    ],
  } as unknown as CourseContent;
}
