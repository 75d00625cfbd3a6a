import { chooseLanguage, type Language, languageOf } from './languages.js';
import { language } from './speech.js';
import { showTimesIn } from './time-zone.js';

const KEY = 'harka.language';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The tag that was chosen here before: by the profile, or in front of the sign-in. */
export function rememberedTag(storage: Pick<Store, 'getItem'>): string | null {
  try {
    return storage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @returns false where this browser keeps nothing. */
export function rememberTag(tag: string | null, storage: Store): boolean {
  try {
    if (tag === null) storage.removeItem(KEY);
    else storage.setItem(KEY, tag);
    return true;
  } catch {
    return false;
  }
}

interface Start {
  readonly language: Language;
  readonly tags: readonly string[];
}

/** What to begin in, before anybody is known to be signed in. */
export function startOf(storage: Pick<Store, 'getItem'>, browser: readonly string[], tenant: string): Start {
  const profile = rememberedTag(storage);
  return {
    language: chooseLanguage({ profile, browser, tenant }),
    tags: [...(profile === null ? [] : [profile]), ...browser, tenant],
  };
}

interface Reader {
  readonly locale: string | null;
  readonly timeZone: string | null;
}

/**
 * Takes over the language and the time zone of who has signed in.
 * @returns whether the page must be loaded again to speak it.
 */
export function follow(reader: Reader, storage: Store): boolean {
  showTimesIn(reader.timeZone);
  const wanted = languageOf(reader.locale);
  if (wanted === null || reader.locale === rememberedTag(storage)) return false;
  return rememberTag(reader.locale, storage) && wanted !== language();
}
