const SECRET =
  /pass(word|phrase)|secret|token|hash|cookie|authorization|credential|private|(^|_)code$|(api|private|signing)_?key$/i;
export const MASK = '[masked]';

/** The payload of an event as an audit may show it: what bears the name of a secret is masked, however deep. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isSecret(key, inner) ? MASK : masked(inner)]),
  );
}

function isSecret(key: string, value: unknown): boolean {
  return value !== null && SECRET.test(key.replace(/([a-z])([A-Z])/g, '$1_$2'));
}
