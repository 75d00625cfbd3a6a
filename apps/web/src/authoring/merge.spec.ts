import { describe, expect, it } from '@jest/globals';
import type { CourseContent, Lesson } from '#libs/contracts/courses';
import { mergeDrafts, type Side } from './merge.js';

const article = (id: string, markdown: string, title = id): Lesson => ({
  ...{ id, kind: 'article', title, minutes: 0, markdown },
});
const course = (
  modules: Record<string, readonly Lesson[]>,
  header: Partial<CourseContent> = {},
): CourseContent => ({
  ...{ title: 'Course', summary: '', language: 'en', estimatedMinutes: 0 },
  ...{ certificate: true, tags: [], cover: null },
  ...header,
  modules: Object.entries(modules).map(([id, lessons]) => ({ id, title: id, lessons: [...lessons] })),
});
const outline = ({ modules }: CourseContent) =>
  modules.map(({ id, lessons }) => [id, lessons.map((lesson) => lesson.id)]);
const texts = ({ modules }: CourseContent) =>
  Object.fromEntries(
    modules.flatMap(({ lessons }) =>
      lessons.map((lesson) => [lesson.id, lesson.kind === 'article' ? lesson.markdown : '']),
    ),
  );

const [one, two] = [article('one', 'First.'), article('two', 'Second.')];
const base = course({ m: [one, two] });
const resolved = (mine: CourseContent, theirs: CourseContent, choices: Record<string, Side> = {}) => {
  let made = 0;
  const merge = mergeDrafts(base, mine, theirs);
  return {
    ...merge,
    content: merge.resolve(new Map(Object.entries(choices)), () => {
      made += 1;
      return `new-${made}`;
    }),
  };
};

describe(mergeDrafts.name, () => {
  it('takes the changes of both where they touch different lessons', () => {
    const mine = course({ m: [article('one', 'Mine.'), two] });
    const theirs = course({ m: [one, article('two', 'Theirs.')] });
    const { conflicts, taken, content } = resolved(mine, theirs);
    expect([conflicts, taken]).toEqual([[], 1]);
    expect(texts(content)).toEqual({ one: 'Mine.', two: 'Theirs.' });
  });

  it.each([
    ['mine', { one: 'Mine.', two: 'Second.' }],
    ['theirs', { one: 'Theirs.', two: 'Second.' }],
    ['both', { one: 'Theirs.', 'new-1': 'Mine.', two: 'Second.' }],
  ] as const)('leaves a lesson that both have changed to the author, who says %s', (side, expected) => {
    const mine = course({ m: [article('one', 'Mine.'), two] });
    const theirs = course({ m: [article('one', 'Theirs.'), two] });
    const { conflicts, content } = resolved(mine, theirs, { one: side });
    expect(conflicts).toMatchObject([{ key: 'one', kind: 'lesson', both: 'two_lessons' }]);
    expect(texts(content)).toEqual(expected);
  });

  it('loses no word when nobody decides', () => {
    const mine = course({ m: [article('one', 'Mine.'), two] });
    const theirs = course({ m: [article('one', 'Theirs.'), two] });
    expect(Object.values(texts(resolved(mine, theirs).content))).toEqual(
      expect.arrayContaining(['Mine.', 'Theirs.']),
    );
  });

  it('makes one text of changes in different places of a lesson', () => {
    const lines = (first: string, last: string) =>
      article('long', [first, 'a', 'b', 'c', 'd', 'e', 'f', last].join('\n\n'));
    const start = course({ m: [lines('top', 'end')] });
    const merge = mergeDrafts(
      start,
      course({ m: [lines('TOP', 'end')] }),
      course({ m: [lines('top', 'END')] }),
    );
    expect(merge.conflicts).toMatchObject([{ key: 'long', both: 'combined' }]);
    const content = merge.resolve(new Map(), () => 'never');
    expect(content.modules[0]?.lessons).toEqual([lines('TOP', 'END')]);
  });

  it('keeps lessons that only one of them has added, each where it was put', () => {
    const mine = course({ m: [one, article('a', 'A'), two] });
    const theirs = course({ m: [one, two, article('b', 'B')], n: [article('c', 'C')] });
    const { conflicts, content } = resolved(mine, theirs);
    expect(conflicts).toEqual([]);
    expect(outline(content)).toEqual([
      ['m', ['one', 'a', 'two', 'b']],
      ['n', ['c']],
    ]);
  });

  it('lets a lesson go that one has removed and the other has not touched', () => {
    expect(outline(resolved(course({ m: [two] }), base).content)).toEqual([['m', ['two']]]);
    expect(outline(resolved(base, course({ m: [two] })).content)).toEqual([['m', ['two']]]);
  });

  it('asks when one has removed what the other has rewritten', () => {
    const mine = course({ m: [article('one', 'Mine.'), two] });
    const theirs = course({ m: [two] });
    const { conflicts, content } = resolved(mine, theirs);
    expect(conflicts).toMatchObject([{ key: 'one', theirs: null, both: null }]);
    expect(texts(content)).toEqual({ one: 'Mine.', two: 'Second.' });
    expect(texts(resolved(mine, theirs, { one: 'theirs' }).content)).toEqual({ two: 'Second.' });
  });

  it('takes their order where I have not changed it, and mine where I have', () => {
    expect(outline(resolved(base, course({ m: [two, one] })).content)).toEqual([['m', ['two', 'one']]]);
    const mine = course({ m: [two, one] });
    const theirs = course({ m: [one, article('b', 'B'), two] });
    expect(outline(resolved(mine, theirs).content)).toEqual([['m', ['two', 'one', 'b']]]);
  });

  it('merges what the course says of itself, field by field', () => {
    const mine = course({ m: [one, two] }, { title: 'Mine', summary: 'A summary' });
    const theirs = course({ m: [one, two] }, { title: 'Theirs', tags: ['new'] });
    const { conflicts, content } = resolved(mine, theirs, { title: 'mine' });
    expect(conflicts.map(({ key }) => key)).toEqual(['title']);
    expect(content).toMatchObject({ title: 'Mine', summary: 'A summary', tags: ['new'] });
  });

  it('keeps a module that one has removed while the other has written in it', () => {
    const start = course({ m: [one], n: [two] });
    const mine = course({ m: [one] });
    const theirs = course({ m: [one], n: [article('two', 'Rewritten.')] });
    const merge = mergeDrafts(start, mine, theirs);
    const content = merge.resolve(new Map([['two', 'theirs']]), () => 'x');
    expect(texts(content)).toMatchObject({ two: 'Rewritten.' });
  });
});
