import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LearnerQuestion } from '#libs/contracts/courses';
import { AnswerStore } from './answer-store.js';
import { attemptOf, unanswered } from './answers.js';

const question = (id: string, kind: LearnerQuestion['kind']): LearnerQuestion => ({
  id,
  kind,
  prompt: id,
  points: 1,
  options: [],
});
const questions = [question('one', 'single'), question('many', 'multiple'), question('text', 'short')];

describe(unanswered.name, () => {
  it('counts no choice, no tick and white space as open', () => {
    const open = unanswered(questions, { one: ['a'], many: [], text: '  ' });
    expect(open.map(({ id }) => id)).toEqual(['many', 'text']);
  });
});

describe(attemptOf.name, () => {
  it('sends what was answered, in the words of the API', () => {
    expect(attemptOf(questions, { one: ['a'], many: [], text: ' phishing ' })).toEqual({
      answers: [
        { questionId: 'one', optionIds: ['a'] },
        { questionId: 'text', text: 'phishing' },
      ],
    });
  });
});

describe(AnswerStore.name, () => {
  let kept: Map<string, string>;
  let store: AnswerStore;

  beforeEach(() => {
    kept = new Map();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    store = new AnswerStore(storage, 'quiz');
  });

  it('brings answers back after a reload, until they are handed in', () => {
    store.write({ one: ['a'], text: 'x' });
    expect(store.read()).toEqual({ one: ['a'], text: 'x' });
    store.clear();
    expect(store.read()).toEqual({});
  });

  it.each(['not json', '[1]', '{"one":7}', '{"one":[7]}', 'null'])('begins afresh over %j', (stored) => {
    kept.set('quiz', stored);
    expect(store.read()).toEqual({});
  });

  it('works without storage', () => {
    const refused = () => {
      throw new Error('refused');
    };
    const blind = new AnswerStore({ getItem: refused, setItem: refused, removeItem: refused }, 'quiz');
    blind.write({ one: ['a'] });
    blind.clear();
    expect(blind.read()).toEqual({});
  });
});
