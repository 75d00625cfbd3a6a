import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiProblem, unreachable } from '../api/problem.js';
import { speak } from '../language/speech.js';
import { signInProblem } from './sign-in-problem.js';

const refused = (status: number, code: string, wait: number | null = null): ApiProblem =>
  new ApiProblem(status, code, 'Detail of the server.', [], null, wait);

describe(signInProblem.name, () => {
  beforeAll(() => speak('en'));

  it('says the same of a wrong password and of an unknown address', () => {
    const wrong = signInProblem(refused(401, 'auth.invalid_credentials'));
    expect(signInProblem(refused(400, 'request.invalid'))).toEqual(wrong);
    expect(wrong.text).not.toContain('Detail of the server');
  });

  it.each([
    [20, '20 seconds'],
    [1, '1 second,'],
    [540, '9 minutes'],
    [null, 'later'],
  ])('says how long a lock-out of %p seconds lasts', (wait, words) => {
    expect(signInProblem(refused(429, 'auth.locked', wait)).text).toContain(words);
  });

  it('keeps a failing network apart from a failing server', () => {
    expect(signInProblem(unreachable()).title).not.toBe(signInProblem(refused(500, 'internal')).title);
  });
});
