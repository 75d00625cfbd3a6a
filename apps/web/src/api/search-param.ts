/** One text parameter of an address, left out where it is empty or no text. */
export function textParam<K extends string>(
  search: Readonly<Record<string, unknown>>,
  name: K,
): Partial<Record<K, string>> {
  const value = search[name];
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return text === '' ? {} : ({ [name]: text } as Partial<Record<K, string>>);
}
