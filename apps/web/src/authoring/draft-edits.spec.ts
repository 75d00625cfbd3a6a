import { describe, expect, it } from '@jest/globals';
import type { CourseContent } from '#libs/contracts/courses';
import {
  addLesson,
  addModule,
  moveLesson,
  moveModule,
  newLesson,
  newQuestion,
  placeLesson,
  placeLessonIn,
  placeModule,
  putBack,
  removalOf,
  remove,
  standingOf,
  withKind,
} from './draft-edits.js';

let ids = 0;
const newId = (): string => `new-${++ids}`;

const article = (id: string) => newLesson('article', id, newId);

const content: CourseContent = {
  title: 'Course',
  summary: '',
  language: 'en',
  estimatedMinutes: 0,
  certificate: true,
  tags: [],
  cover: null,
  modules: [
    { id: 'm1', title: 'One', lessons: [article('a'), article('b')] },
    { id: 'm2', title: 'Two', lessons: [article('c')] },
    { id: 'm3', title: 'Three', lessons: [] },
  ],
};

const shape = ({ modules }: CourseContent): string =>
  modules.map(({ id, lessons }) => `${id}(${lessons.map((lesson) => lesson.id).join(' ')})`).join(' ');

describe('adding', () => {
  it('puts a module at the end and a lesson at the end of its module', () => {
    const next = addLesson('m1', article('x'))(addModule('m4')(content));
    expect(shape(next)).toBe('m1(a b x) m2(c) m3() m4()');
    expect(shape(content)).toBe('m1(a b) m2(c) m3()');
  });

  it('begins a quiz with a question that only needs filling in', () => {
    const quiz = newLesson('quiz', 'q', newId);
    expect(quiz).toMatchObject({
      kind: 'quiz',
      passMark: 80,
      questions: [{ kind: 'single', options: [{}, {}] }],
    });
  });
});

describe(moveLesson.name, () => {
  it.each([
    ['a', 'down', 'm1(b a) m2(c) m3()'],
    ['b', 'up', 'm1(b a) m2(c) m3()'],
    ['b', 'down', 'm1(a) m2(b c) m3()'],
    ['c', 'up', 'm1(a b c) m2() m3()'],
    ['c', 'down', 'm1(a b) m2() m3(c)'],
    ['a', 'up', 'm1(a b) m2(c) m3()'],
    ['unknown', 'up', 'm1(a b) m2(c) m3()'],
  ] as const)('moves %s %s to %s', (id, direction, expected) => {
    expect(shape(moveLesson(id, direction)(content))).toBe(expected);
  });
});

describe(moveModule.name, () => {
  it('moves a module with its lessons, and none past the ends', () => {
    expect(shape(moveModule('m2', 'up')(content))).toBe('m2(c) m1(a b) m3()');
    expect(shape(moveModule('m3', 'down')(content))).toBe('m1(a b) m2(c) m3()');
  });
});

describe(remove.name, () => {
  it.each(['a', 'c', 'm1', 'm3'])('takes %s out, and undoing puts it back where it stood', (id) => {
    const removal = removalOf(content, id);
    if (removal === null) throw new Error('not found');
    const without = remove(removal)(content);
    expect(shape(without)).not.toBe(shape(content));
    expect(putBack(removal)(without)).toEqual(content);
  });

  it('knows no part that is not there', () => {
    expect(removalOf(content, 'x')).toBeNull();
  });
});

describe(withKind.name, () => {
  const single = {
    ...newQuestion('single', newId),
    kind: 'single' as const,
    prompt: 'Why?',
    options: [
      { id: '1', text: 'yes', correct: true, feedback: '' },
      { id: '2', text: 'also', correct: true, feedback: '' },
    ],
  };

  it('leaves one right option when only one can be right', () => {
    const back = withKind(withKind(single, 'multiple', newId), 'single', newId);
    expect(back).toMatchObject({ prompt: 'Why?', options: [{ correct: true }, { correct: false }] });
  });

  it('makes right options the accepted answers of a short text', () => {
    expect(withKind(single, 'short', newId)).toMatchObject({ kind: 'short', answers: ['yes', 'also'] });
  });
});

describe('putting parts elsewhere', () => {
  const lesson = (id: string) => newLesson('article', id, () => 'x');
  const content = {
    ...{ title: 'T', summary: '', language: 'en', estimatedMinutes: 0 },
    ...{ certificate: true, tags: [], cover: null },
    modules: [
      { id: 'm', title: 'M', lessons: [lesson('a'), lesson('b'), lesson('c')] },
      { id: 'n', title: 'N', lessons: [] },
    ],
  };
  const orderOf = (of: typeof content) =>
    of.modules.map(({ id, lessons }) => `${id}:${lessons.map((own) => own.id).join('')}`).join(' ');

  it.each([
    ['a', 'c', 'after', 'm:bca n:'],
    ['c', 'a', 'before', 'm:cab n:'],
    ['a', 'b', 'before', 'm:abc n:'],
    ['a', 'a', 'after', 'm:abc n:'],
    ['a', 'unknown', 'after', 'm:abc n:'],
  ] as const)('puts lesson %s beside %s (%s)', (id, beside, where, expected) => {
    expect(orderOf(placeLesson(id, beside, where)(content) as typeof content)).toBe(expected);
  });

  it('puts a lesson into an empty module, and a module beside another', () => {
    const moved = placeLessonIn('b', 'n')(content) as typeof content;
    expect(orderOf(moved)).toBe('m:ac n:b');
    expect(orderOf(placeLesson('b', 'a', 'before')(moved) as typeof content)).toBe('m:bac n:');
    expect(orderOf(placeModule('n', 'm', 'before')(content) as typeof content)).toBe('n: m:abc');
  });

  it('says where a part stands', () => {
    expect(standingOf(content, 'b')).toEqual({ title: '', number: 2, of: 3 });
    expect(standingOf(content, 'n')).toEqual({ title: 'N', number: 2, of: 2 });
    expect(standingOf(content, 'x')).toBeNull();
  });
});
