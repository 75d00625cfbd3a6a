/**
 * Whether two values of JSON say the same; the order of members does not count. What both share is not looked into, so
 * that a draft is compared with its saved self at every key that is pressed.
 */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => same(item, other[index]))
    );
  }
  if (!isRecord(one) || !isRecord(other) || Array.isArray(other)) return false;
  const names = Object.keys({ ...one, ...other });
  return names.every((name) => same(one[name], other[name]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
