import { locale } from './speech.js';

/**
 * Tells React Aria the locale of the reader where it looks for that of a server, before the first of its components comes: its own provider
 * would bring it, and a look at every locale that the browser has, onto the first page.
 */
export function tellComponents(): void {
  Object.assign(window, { [Symbol.for('react-aria.i18n.locale')]: locale() });
}
