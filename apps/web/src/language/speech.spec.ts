import { beforeAll, describe, expect, it } from '@jest/globals';
import { areas } from './areas.js';
import { languages } from './languages.js';
import { i18n, loadWords, speak } from './speech.js';
import { t } from './t.js';

describe(t.name, () => {
  beforeAll(() => speak('en'));

  it('fills places, and takes values as they are', () => {
    expect(t('home.morning', { name: 'Ada' })).toBe('Good morning, Ada');
    expect(t('home.morning', { name: '{name} $& $1 $t(home.lead) <b>' })).toBe(
      'Good morning, {name} $& $1 $t(home.lead) <b>',
    );
  });

  it('picks the form that the number asks for and writes the number as the reader does', () => {
    expect([0, 1, 2, 1200].map((count) => t('course.lessons', { count }))).toEqual([
      '0 lessons',
      '1 lesson',
      '2 lessons',
      '1,200 lessons',
    ]);
  });

  it('knows the six forms of Arabic', async () => {
    await speak('ar');
    const forms = [0, 1, 2, 3, 11, 100].map((count) => t('course.lessons', { count }));
    expect(new Set(forms).size).toBe(6);
    await speak('en');
  });

  it('brings the words of an area in when they are asked for', async () => {
    expect(i18n.exists('control.shards')).toBe(false);
    await loadWords('control');
    expect(t('control.shards')).toBe('Shards');
  });
});

const CATEGORY = /\.(?:zero|one|two|few|many|other)$/u;
const placesOf = (message: string): string[] =>
  [...new Set(message.match(/\{\w+\}|<\/?\w+>/gu) ?? [])].sort();

describe.each(languages.filter((language) => language !== 'en'))('the words in %s', (language) => {
  it.each(Object.keys(areas.en) as (keyof typeof areas.en)[])('are complete: %s', async (area) => {
    const source: Readonly<Record<string, string>> = await areas.en[area]();
    const words: Readonly<Record<string, string>> = await areas[language][area]();
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const single = Object.keys(source).filter((key) => !CATEGORY.test(key));
    const counted = [
      ...new Set(
        Object.keys(source)
          .filter((key) => CATEGORY.test(key))
          .map((key) => key.replace(CATEGORY, '')),
      ),
    ];
    const wanted = [
      ...single,
      ...counted.flatMap((key) => categories.map((category) => `${key}.${category}`)),
    ];
    expect(Object.keys(words).sort()).toEqual(wanted.sort());
    for (const [key, message] of Object.entries(words)) {
      const base = key.replace(CATEGORY, '');
      const original = source[key] ?? source[`${base}.other`] ?? '';
      // A form for one or two may say the number in words.
      const places = placesOf(message);
      const expected = placesOf(original);
      const spoken = /\.(?:zero|one|two)$/u.test(key);
      expect({ key, places: spoken ? places.filter((place) => place !== '{count}') : places }).toEqual({
        key,
        places: spoken ? expected.filter((place) => place !== '{count}') : expected,
      });
      expect(message.trim()).not.toBe('');
    }
  });
});

it('says every counted message of the source in one and other', async () => {
  for (const load of Object.values(areas.en)) {
    const keys = Object.keys(await load());
    const counted = keys.filter((key) => CATEGORY.test(key));
    for (const base of new Set(counted.map((key) => key.replace(CATEGORY, '')))) {
      expect(
        counted.filter((key) => key.startsWith(`${base}.`) && key.replace(CATEGORY, '') === base).sort(),
      ).toEqual([`${base}.one`, `${base}.other`]);
    }
  }
});
