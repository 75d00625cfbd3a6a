import { describe, expect, it } from '@jest/globals';
import { chooseLanguage, languageOf, localeOf } from './languages.js';

describe(chooseLanguage.name, () => {
  it('asks the profile first, then the browser, then the academy', () => {
    const browser = ['fr-FR', 'de-AT'];
    expect(chooseLanguage({ profile: 'ar', browser, tenant: 'en' })).toBe('ar');
    expect(chooseLanguage({ profile: null, browser, tenant: 'en' })).toBe('de');
    expect(chooseLanguage({ profile: 'fr', browser: ['fr'], tenant: 'ar' })).toBe('ar');
    expect(chooseLanguage({ profile: null, browser: [], tenant: null })).toBe('en');
  });
});

describe(languageOf.name, () => {
  it.each([
    ['de-AT', 'de'],
    ['AR_EG', 'ar'],
    ['deu', null],
    ['', null],
    [null, null],
  ])('takes %j for %j', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });
});

describe(localeOf.name, () => {
  it('keeps the region, and the digits of the words', () => {
    expect(localeOf('de', ['en-US', 'de-AT'])).toBe('de-AT-u-nu-latn');
    expect(new Intl.NumberFormat(localeOf('ar', ['ar-EG'])).format(12)).toBe('12');
    expect(localeOf('en', ['en_bad!'])).toBe('en');
  });
});
