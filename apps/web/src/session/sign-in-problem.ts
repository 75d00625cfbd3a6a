import { ApiProblem } from '../api/problem.js';
import { t } from '../language/t.js';

export interface SignInProblem {
  readonly title: string;
  readonly text: string;
}

/** Says what can be done, and nothing about whether an account exists. */
export function signInProblem(error: unknown): SignInProblem {
  if (!(error instanceof ApiProblem)) {
    return { title: t('problem.unknown.title'), text: t('problem.unknown.text') };
  }
  if (error.isUnreachable) return { title: t('problem.offline.title'), text: t('problem.offline.text') };
  if (error.code === 'auth.locked' || error.status === 429) {
    return { title: t('signIn.locked.title'), text: lockedText(error.retryAfterSeconds) };
  }
  if (error.status === 401 || error.status === 400 || error.status === 422) {
    return { title: t('signIn.refused.title'), text: t('signIn.refused.text') };
  }
  return { title: t('problem.unknown.title'), text: t('problem.unknown.text') };
}

function lockedText(seconds: number | null): string {
  if (seconds === null) return t('signIn.locked.later');
  if (seconds < 90) return t('signIn.locked.seconds', { count: Math.max(1, Math.ceil(seconds)) });
  return t('signIn.locked.minutes', { count: Math.ceil(seconds / 60) });
}
