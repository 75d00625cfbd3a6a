import { zodResolver } from '@hookform/resolvers/zod';
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  useForm,
  type UseFormReturn,
} from 'react-hook-form';
import { type core, type z } from 'zod';
import { isProblem } from '../api/problem.js';
import { t } from '../language/t.js';

type FormSchema = z.ZodType<FieldValues, FieldValues>;

/** A form by its schema: `const form = useZodForm(newTeam, { name: '' })`. Faults show when a field is left. */
export function useZodForm<S extends FormSchema>(
  schema: S,
  defaults: DefaultValues<z.input<S>>,
): UseFormReturn<z.input<S>, unknown, z.output<S>> {
  return useForm<z.input<S>, unknown, z.output<S>>({
    resolver: zodResolver(schema, { error: inWords }),
    defaultValues: defaults,
    mode: 'onTouched',
  });
}

/** What a schema finds, as a person would say it. A message that the schema itself gives wins. */
export function inWords(issue: core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin !== 'string') return t('form.atLeast', { count: Number(issue.minimum) });
      return Number(issue.minimum) <= 1
        ? t('form.required')
        : t('form.tooShort', { count: Number(issue.minimum) });
    case 'too_big':
      return issue.origin === 'string'
        ? t('form.tooLong', { count: Number(issue.maximum) })
        : t('form.atMost', { count: Number(issue.maximum) });
    case 'invalid_type':
      return issue.input === undefined || issue.input === null || Number.isNaN(issue.input)
        ? t('form.required')
        : t('form.invalid');
    case 'invalid_format':
      if (issue.format === 'email') return t('form.email');
      return issue.format === 'url' ? t('form.url') : t('form.invalid');
    default:
      return t('form.invalid');
  }
}

/**
 * Puts the faults that the server found to their fields (`/schedule/days` → `schedule.days`).
 * @returns whether every one has found its field; else the form says the rest above its fields.
 */
export function showServerFaults<T extends FieldValues>(
  form: Pick<UseFormReturn<T>, 'setError' | 'getValues'>,
  error: unknown,
): boolean {
  if (!isProblem(error) || error.errors.length === 0) return false;
  const known = new Set(Object.keys(form.getValues()));
  let all = true;
  for (const { pointer, detail } of error.errors) {
    const steps = pointer.split('/').filter((step) => step !== '');
    if (steps[0] !== undefined && known.has(steps[0])) {
      form.setError(steps.join('.') as Path<T>, { type: 'server', message: detail });
    } else all = false;
  }
  return all;
}
