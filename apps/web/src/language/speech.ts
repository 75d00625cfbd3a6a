import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next/initReactI18next';
import { type Area, areas } from './areas.js';
import { type Language, localeOf } from './languages.js';

const NAMESPACE = 'words';

/** Flat keys; plural forms are stored as `key.one`, `key.other`, places as `{name}`. */
export const i18n = createInstance({
  lng: 'en',
  fallbackLng: false,
  defaultNS: NAMESPACE,
  ns: [NAMESPACE],
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  pluralSeparator: '.',
  initAsync: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  react: { useSuspense: false },
}).use(initReactI18next);
void i18n.init();

let current: { readonly language: Language; readonly locale: string } = { language: 'en', locale: 'en' };
const loaded = new Set<string>();

export const language = (): Language => current.language;
/** For Intl and React Aria: with the region of the reader. */
export const locale = (): string => current.locale;

/** Speaks this language from now on; to be awaited before anything is shown. */
export async function speak(to: Language, tags: readonly string[] = []): Promise<void> {
  current = { language: to, locale: localeOf(to, tags) };
  await Promise.all([i18n.changeLanguage(to), loadWords('front')]);
}

/** Brings the words of an area in; its pages wait for them. */
export async function loadWords(...wanted: readonly Area[]): Promise<void> {
  await Promise.all(
    wanted.map(async (area) => {
      const { language: into } = current;
      if (loaded.has(`${into}/${area}`)) return;
      i18n.addResourceBundle(into, NAMESPACE, await areas[into][area](), true, true);
      loaded.add(`${into}/${area}`);
    }),
  );
}

/** A page and the words that it needs. The words come first: a page may use them while it is being loaded. */
export function withWords<T>(wanted: Area | readonly Area[], load: () => Promise<T>): () => Promise<T> {
  return async () => {
    await loadWords(...(typeof wanted === 'string' ? [wanted] : wanted));
    return load();
  };
}
