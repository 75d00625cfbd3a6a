import { describe, expect, it } from '@jest/globals';
import { aChoice, aQuiz, aShortQuestion, rightOptions } from '../../testing/content.js';
import { feedbackOn, grade, normalised, strayAnswers } from './grading.js';

const single = aChoice('single', '*a', 'b');
const multiple = aChoice('multiple', '*a', '*b', 'c');
const short = aShortQuestion('Zürich', 'Zurich HB');
const quiz = aQuiz({ questions: [single, multiple, short], passMark: 67 });

const right = [
  { questionId: single.id, optionIds: rightOptions(single) },
  { questionId: multiple.id, optionIds: rightOptions(multiple) },
  { questionId: short.id, text: '  ZURICH ' },
];

describe(grade, () => {
  it('gives all points for all right answers', () => {
    expect(grade(quiz, right)).toEqual({ score: 100, passed: true });
  });

  it('counts a question left out as wrong', () => {
    expect(grade(quiz, [])).toEqual({ score: 0, passed: false });
  });

  it('rounds down, so that 66.7 per cent do not pass a mark of 67', () => {
    expect(grade(quiz, right.slice(0, 2))).toEqual({ score: 66, passed: false });
  });

  it('wants all right options of a multiple choice and no wrong one', () => {
    const of = (optionIds: string[]) =>
      grade(aQuiz({ questions: [multiple] }), [{ questionId: multiple.id, optionIds }]);
    const [a = '', b = '', c = ''] = multiple.options.map(({ id }) => id);
    expect(of([a]).score).toBe(0);
    expect(of([a, b, c]).score).toBe(0);
    expect(of([b, a, a]).score).toBe(100);
  });

  it('weighs questions by their points', () => {
    const heavy = { ...single, points: 3 };
    const weighed = aQuiz({ questions: [heavy, { ...short, points: 1 }] });
    expect(grade(weighed, [{ questionId: heavy.id, optionIds: rightOptions(heavy) }]).score).toBe(75);
  });

  it('takes no empty text for an answer, even where an author left an answer empty', () => {
    const careless = aShortQuestion('', 'yes');
    const answered = (text: string) =>
      grade(aQuiz({ questions: [careless] }), [{ questionId: careless.id, text }]);
    expect(answered(' ').passed).toBe(false);
    expect(answered('Yes').passed).toBe(true);
  });
});

describe(normalised, () => {
  it.each([
    ['  Two   words ', 'two words'],
    ['ÉCOLE', 'ecole'],
    ['straße', 'straße'],
    ['ｆｕｌｌ', 'full'],
    ['a\u0301\nb', 'a b'],
  ])('makes %j to %j', (text, wanted) => {
    expect(normalised(text)).toBe(wanted);
  });
});

describe(feedbackOn, () => {
  it('tells about chosen options only, and keeps the solution back', () => {
    const [, wrong] = single.options;
    const [first] = feedbackOn(quiz, [{ questionId: single.id, optionIds: [wrong?.id ?? ''] }], false);
    expect(first).toMatchObject({
      correct: false,
      earned: 0,
      options: [{ optionId: wrong?.id, feedback: 'About b.' }],
      explanation: 'Because.',
      solution: null,
    });
  });

  it('shows the solution when it may', () => {
    const feedback = feedbackOn(quiz, [], true);
    expect(feedback.map(({ solution }) => solution)).toEqual([
      { optionIds: rightOptions(single), answers: [] },
      { optionIds: rightOptions(multiple), answers: [] },
      { optionIds: [], answers: ['Zürich', 'Zurich HB'] },
    ]);
  });
});

describe(strayAnswers, () => {
  it('accepts what belongs to the quiz', () => {
    expect(strayAnswers(quiz, right)).toEqual([]);
  });

  it('points at strange questions, strange options and repetitions', () => {
    const faults = strayAnswers(quiz, [
      { questionId: 'nobody' },
      { questionId: single.id, optionIds: [single.options[0]?.id ?? '', 'stranger'] },
      { questionId: single.id, optionIds: [] },
      { questionId: short.id, optionIds: [single.options[0]?.id ?? ''] },
    ]);
    expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/answers/0/questionId', 'answer.unknown_question'],
      ['/answers/1/optionIds/1', 'answer.unknown_option'],
      ['/answers/2/questionId', 'answer.repeated'],
      ['/answers/3/optionIds/0', 'answer.unknown_option'],
    ]);
  });
});
