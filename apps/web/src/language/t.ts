import { formatNumber } from './numbers.js';
import type { MessageKey } from './message-key.js';
import { i18n } from './speech.js';

export type { MessageKey };

type Values = Readonly<Record<string, string | number>>;

/** A message in the language of the page. `count` picks the plural form; numbers are written as the reader writes them. */
export function t(key: MessageKey, values: Values = {}): string {
  const replace = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? formatNumber(value) : value,
    ]),
  );
  return i18n.t(key, { ...(typeof values['count'] === 'number' ? { count: values['count'] } : {}), replace });
}
