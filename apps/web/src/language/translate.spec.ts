import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { translator } from './translate.js';

const messages = {
  hello: 'Hello, {name}',
  'lesson.one': '{count} lesson',
  'lesson.other': '{count} lessons',
};

describe(translator.name, () => {
  const t = translator(messages, 'en');

  it('fills places and leaves unknown ones to be seen', () => {
    expect(t('hello', { name: 'Ada' })).toBe('Hello, Ada');
    expect(t('hello')).toBe('Hello, {name}');
  });

  it('takes values as they are, also when they look like places', () => {
    expect(t('hello', { name: '{name} $& $1' })).toBe('Hello, {name} $& $1');
  });

  it('picks the form that the number asks for', () => {
    expect([0, 1, 2].map((count) => t('lesson', { count }))).toEqual(['0 lessons', '1 lesson', '2 lessons']);
  });
});

describe('the English catalogue', () => {
  it('has both forms of everything that is counted', () => {
    const keys = Object.keys(en);
    const one = keys.filter((key) => key.endsWith('.one')).map((key) => key.slice(0, -4));
    const other = keys.filter((key) => key.endsWith('.other')).map((key) => key.slice(0, -6));
    expect(one).toEqual(other);
  });
});
