export type Values = Readonly<Record<string, string | number>>;

const PLACE = /\{(\w+)\}/g;

/** Fills `{name}` places; a place without a value stays visible, so that it is noticed. */
function fill(message: string, values: Values): string {
  return message.replace(PLACE, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : String(value);
  });
}

/**
 * A message by its key. A message that depends on a number is stored as `key.one` and `key.other` (the categories of
 * Intl.PluralRules) and picked by `count`.
 */
export function translator(
  messages: Readonly<Record<string, string>>,
  locale: string,
): (key: string, values?: Values) => string {
  const plural = new Intl.PluralRules(locale);
  return (key, values = {}) => {
    const count = values['count'];
    const counted =
      typeof count === 'number'
        ? (messages[`${key}.${plural.select(count)}`] ?? messages[`${key}.other`])
        : undefined;
    return fill(counted ?? messages[key] ?? key, values);
  };
}
