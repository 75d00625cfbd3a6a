import { isProblem } from '../api/problem.js';

/** The faults of a refused form by the name of the field: `/password` → `password`. */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  if (!isProblem(error)) return {};
  const found: Record<string, string> = {};
  for (const { pointer, detail } of error.errors) {
    const field = pointer.split('/').find((step) => step !== '');
    if (field !== undefined) found[field] ??= detail;
  }
  return found;
}
