/** The languages that the app speaks; `en` is the source. */
export const languages = ['en', 'de', 'ar'] as const;
export type Language = (typeof languages)[number];

const SOURCE: Language = 'en';

/** The language of a tag such as `de-AT`, where the app speaks it. */
export function languageOf(tag: string | null | undefined): Language | null {
  const primary = tag?.toLowerCase().split(/[-_]/u)[0];
  return languages.find((language) => language === primary) ?? null;
}

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

interface Wishes {
  /** Of the signed-in person's profile, as this browser remembers it. */
  readonly profile: string | null;
  readonly browser: readonly string[];
  /** The academy's own. */
  readonly tenant: string | null;
}

/** Profile before browser before academy; the first that the app speaks. */
export function chooseLanguage({ profile, browser, tenant }: Wishes): Language {
  for (const tag of [profile, ...browser, tenant]) {
    const language = languageOf(tag);
    if (language !== null) return language;
  }
  return SOURCE;
}

/**
 * The locale for dates and numbers: the region that the browser or the profile names, and the digits of the words
 * around them.
 */
export function localeOf(language: Language, tags: readonly string[]): string {
  const named = tags.find((tag) => languageOf(tag) === language);
  try {
    return new Intl.Locale(named ?? language, { numberingSystem: 'latn' }).toString();
  } catch {
    return language;
  }
}
