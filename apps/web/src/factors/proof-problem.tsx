import { useEffect, useRef } from 'react';
import { isProblem } from '../api/problem.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { signInProblem } from '../session/sign-in-problem.js';

/** Why a proof was not taken; takes the focus when it appears. */
export function ProofProblem({ error }: { readonly error: unknown }) {
  const notice = useRef<HTMLDivElement>(null);
  const failed = error !== null && error !== undefined;
  useEffect(() => {
    if (failed) notice.current?.focus();
  }, [failed, error]);
  if (!failed) return null;
  const { title, text } = wordsOf(error);
  return (
    <Notice ref={notice} tone="bad" title={title} live>
      {text}
    </Notice>
  );
}

function wordsOf(error: unknown): { readonly title: string; readonly text: string } {
  if (isProblem(error, 'auth.challenge_invalid')) {
    return { title: t('secondStep.over.title'), text: t('secondStep.over.text') };
  }
  if (isProblem(error, 'auth.network_not_allowed')) {
    return { title: t('secondStep.network.title'), text: t('secondStep.network.text') };
  }
  // What the browser throws is a person who said no, or a device that has nothing to show.
  const isTyped = isProblem(error, 'auth.factor_refused') || error instanceof Error;
  if (isTyped && (!isProblem(error) || error.status === 401)) {
    return { title: t('secondStep.refused.title'), text: t('secondStep.refused.text') };
  }
  return signInProblem(error);
}
