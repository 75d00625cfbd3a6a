import { perLocale } from './per-locale.js';

const names = perLocale((locale) => new Intl.DisplayNames(locale, { type: 'language' }));

/** "English" for `en`, "German (Austria)" for `de-AT`; the tag itself where it is not known. */
export function languageName(tag: string): string {
  try {
    return names().of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** As its own speakers call it: "Deutsch", "العربية". */
export function ownNameOf(tag: string): string {
  return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
}
