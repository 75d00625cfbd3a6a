import { describe, expect, it } from '@jest/globals';
import type { CourseContent, TextPart } from '#libs/contracts/courses';
import { newId } from '#libs/kernel';
import { aChoice, aContent, anArticle, aQuiz, aShortQuestion, aVideo } from '../../testing/index.js';
import { compareContents } from './compare-contents.js';

const nothing = { added: 0, removed: 0, changed: 0, moved: 0 };
const readable = (parts: readonly TextPart[]) =>
  parts
    .map(({ kind, text }) => ({ same: text, added: `[+${text}]`, removed: `[-${text}]`, skipped: '…' })[kind])
    .join('');

/** A course of modules by title, each with its lessons. */
function aCourse(...modules: [id: string, lessons: CourseContent['modules'][number]['lessons']][]) {
  return aContent([], {
    modules: modules.map(([title, lessons]) => ({ id: `00000000-0000-4000-8000-${title}`, title, lessons })),
  });
}

describe(compareContents.name, () => {
  const article = anArticle({ title: 'Exits', markdown: 'Leave by the door on the left.' });
  const video = aVideo();
  const quiz = aQuiz();

  it('finds nothing where nothing differs', () => {
    const content = aContent([article, video, quiz]);
    const same = compareContents(content, structuredClone(content));
    expect(same.counts).toEqual(nothing);
    expect(same.fields).toEqual([]);
    expect(same.modules[0]?.lessons.map(({ change }) => change)).toEqual(['same', 'same', 'same']);
  });

  it('shows what became of a text, word by word', () => {
    const module = { id: newId(), title: 'All', lessons: [article] };
    const changed = { ...article, markdown: 'Leave by the door on the right.' };
    const result = compareContents(
      aContent([], { modules: [module] }),
      aContent([], { modules: [{ ...module, lessons: [changed] }] }),
    );
    expect(result.counts).toEqual({ ...nothing, changed: 1 });
    const [field] = result.modules[0]?.lessons[0]?.fields ?? [];
    expect(field?.field).toBe('markdown');
    expect(readable(field?.parts ?? [])).toBe('Leave by the door on the [-left][+right].');
  });

  it('knows what was added, removed and moved to another module', () => {
    const before = aCourse(['000000000001', [article, video]], ['000000000002', [quiz]]);
    const added = anArticle({ title: 'New' });
    const after = aCourse(['000000000001', [video]], ['000000000003', [added, article]]);
    const { modules, counts } = compareContents(before, after);
    expect(modules.map(({ title, change }) => [title, change])).toEqual([
      ['000000000001', 'same'],
      ['000000000003', 'added'],
      ['000000000002', 'removed'],
    ]);
    expect(modules[1]?.lessons.map(({ title, change, from }) => [title, change, from])).toEqual([
      ['New', 'added', null],
      ['Exits', 'same', '000000000001'],
    ]);
    expect(modules[2]?.lessons.map(({ change }) => change)).toEqual(['removed']);
    expect(counts).toEqual({ added: 2, removed: 2, changed: 0, moved: 1 });
  });

  it('blames one lesson for a new order, not all that it passed', () => {
    const [one, two, three] = [anArticle(), anArticle(), anArticle()];
    const before = aCourse(['000000000001', [one, two, three]]);
    const after = aCourse(['000000000001', [three, one, two]]);
    const { modules, counts } = compareContents(before, after);
    expect(counts).toEqual({ ...nothing, moved: 1 });
    expect(modules[0]?.lessons.map(({ moved }) => moved)).toEqual([true, false, false]);
  });

  it('reads a quiz as people do', () => {
    const choice = aChoice('single', '*yes', 'no');
    const short = aShortQuestion('exit');
    const before = aQuiz({ id: quiz.id, questions: [choice, short] });
    const options = choice.options.map((option) => ({ ...option, correct: !option.correct }));
    const after = {
      ...before,
      passMark: 80,
      questions: [short, { ...choice, options }, aShortQuestion('x')],
    };
    const module = { id: newId(), title: 'All' };
    const result = compareContents(
      aContent([], { modules: [{ ...module, lessons: [before] }] }),
      aContent([], { modules: [{ ...module, lessons: [after] }] }),
    );
    const fields = result.modules[0]?.lessons[0]?.fields ?? [];
    expect(fields.map(({ field, question }) => [field, question])).toEqual([
      ['passMark', null],
      ['order', 2],
      ['options', 2],
      ['question', 3],
    ]);
    expect(readable(fields[2]?.parts ?? [])).toContain('[-✓][+○]');
  });

  it('skips what is long and the same, and ends in time on whole new books', () => {
    const long = 'Word after word. '.repeat(2_000);
    const module = { id: newId(), title: 'All' };
    const of = (markdown: string) =>
      aContent([], { modules: [{ ...module, lessons: [{ ...article, markdown }] }] });
    const [field] = compareContents(of(long), of(`${long}The end.`)).modules[0]?.lessons[0]?.fields ?? [];
    expect(field?.parts.some(({ kind }) => kind === 'skipped')).toBe(true);
    expect(JSON.stringify(field).length).toBeLessThan(2_000);
    const noise = (seed: number) =>
      Array.from({ length: 30_000 }, (_, index) => (index * seed) % 9_973).join(' ');
    const rewritten = compareContents(of(noise(7_919)), of(noise(6_421)));
    expect(rewritten.counts.changed).toBe(1);
  });

  it('notes changes of the course itself', () => {
    const content = aContent([article]);
    const after = { ...content, title: 'Fire', tags: ['a', 'b'], certificate: false };
    expect(compareContents(content, after).fields.map(({ field }) => field)).toEqual([
      'title',
      'certificate',
      'tags',
    ]);
  });
});
