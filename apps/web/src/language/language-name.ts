import { locale } from './t.js';

const names = new Intl.DisplayNames(locale, { type: 'language' });

/** "English" for `en`, "German (Austria)" for `de-AT`; the tag itself where it is not known. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
