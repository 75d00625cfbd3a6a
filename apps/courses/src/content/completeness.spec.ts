import { describe, expect, it } from '@jest/globals';
import { aChoice, aContent, anArticle, aQuiz, aShortQuestion, aVideo } from '../../testing/content.js';
import { duplicateIds, gapsIn } from './completeness.js';

const codesOf = (...lessons: Parameters<typeof aContent>[0]) =>
  gapsIn(aContent(lessons)).map(({ pointer, code }) => [pointer, code]);
const at = '/modules/0/lessons/0';

describe(gapsIn, () => {
  it('finds nothing in a complete course', () => {
    expect(gapsIn(aContent([anArticle(), aVideo(), aQuiz()]))).toEqual([]);
  });

  it('refuses a course without modules and a module without lessons', () => {
    expect(gapsIn(aContent([], { modules: [] }))).toMatchObject([
      { pointer: '/modules', code: 'course.empty' },
    ]);
    expect(gapsIn(aContent([]))).toMatchObject([{ pointer: '/modules/0/lessons', code: 'module.empty' }]);
  });

  it('wants titles, words and sources', () => {
    expect(codesOf(anArticle({ title: '', markdown: ' \n' }))).toEqual([
      [`${at}/title`, 'title.empty'],
      [`${at}/markdown`, 'lesson.empty'],
    ]);
    expect(codesOf(aVideo({ source: null }))).toEqual([[`${at}/source`, 'lesson.no_source']]);
  });

  it('wants every quiz to be answerable', () => {
    expect(codesOf(aQuiz({ questions: [] }))).toEqual([[`${at}/questions`, 'quiz.no_questions']]);
    expect(codesOf(aQuiz({ questions: [aChoice('single', 'a', 'b')] }))).toEqual([
      [`${at}/questions/0/options`, 'question.no_right_answer'],
    ]);
    expect(codesOf(aQuiz({ questions: [aChoice('single', '*a', '*b')] }))).toEqual([
      [`${at}/questions/0/options`, 'question.many_right_answers'],
    ]);
    expect(codesOf(aQuiz({ questions: [aChoice('multiple', '*a')] }))).toEqual([
      [`${at}/questions/0/options`, 'question.too_few_options'],
    ]);
    expect(codesOf(aQuiz({ questions: [aShortQuestion()] }))).toEqual([
      [`${at}/questions/0/answers`, 'question.no_right_answer'],
    ]);
    expect(codesOf(aQuiz({ questions: [{ ...aShortQuestion('a'), points: 0 }] }))).toEqual([
      [`${at}/questions`, 'quiz.no_points'],
    ]);
  });

  it('tells everything at once', () => {
    expect(
      codesOf(anArticle({ title: '' }), aQuiz({ questions: [] }), aVideo({ source: null })),
    ).toHaveLength(3);
  });
});

describe(duplicateIds, () => {
  it('points at the second use of an id, wherever it stands', () => {
    const quiz = aQuiz();
    const [question] = quiz.questions;
    const content = aContent([quiz, anArticle({ id: question?.id ?? '' })]);
    expect(duplicateIds(content)).toMatchObject([
      { pointer: '/modules/0/lessons/1/id', code: 'draft.duplicate_id' },
    ]);
  });
});
