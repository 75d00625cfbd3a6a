import { isProblem } from '../api/problem.js';

/** The faults of a refused form by the name of the field: `/password` → `password`. */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  if (!isProblem(error)) return {};
  // A field may have any name: without a prototype even `__proto__` is only one of them.
  const found = Object.create(null) as Record<string, string>;
  for (const { pointer, detail } of error.errors) {
    const field = pointer.split('/').find((step) => step !== '');
    if (field === undefined) continue;
    found[field.replaceAll('~1', '/').replaceAll('~0', '~')] ??= detail;
  }
  return found;
}
