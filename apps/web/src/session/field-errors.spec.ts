import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from '../api/problem.js';
import { fieldErrors } from './field-errors.js';

const refused = (...pointers: string[]) =>
  new ApiProblem(
    400,
    'request.invalid',
    'Refused.',
    pointers.map((pointer) => ({ pointer, code: 'x', detail: `about ${pointer}` })),
  );

describe(fieldErrors.name, () => {
  it('takes the first fault of each field', () => {
    expect({ ...fieldErrors(refused('/email', '/password', '/email/0')) }).toEqual({
      email: 'about /email',
      password: 'about /password',
    });
  });

  it.each(['__proto__', 'constructor', 'toString'])('shows the fault of a field named %s', (name) => {
    expect(fieldErrors(refused(`/${name}`))[name]).toBe(`about /${name}`);
    expect(({} as Record<string, unknown>)['about']).toBeUndefined();
  });

  it('knows no fault of a field that has none', () => {
    expect(fieldErrors(refused('/email')).constructor).toBeUndefined();
  });

  it('reads escaped names', () => {
    expect(fieldErrors(refused('/a~1b'))['a/b']).toBe('about /a~1b');
  });
});
