import { useEffect, useRef } from 'react';
import { isProblem } from '../api/problem.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';

interface FormProblemProps {
  readonly error: unknown;
  /** Says it in the form's own words where the code is known to it. */
  readonly say?: Readonly<Record<string, string>>;
}

/** Why a form was refused, above its fields; takes the focus when it appears. */
export function FormProblem({ error, say = {} }: FormProblemProps) {
  const notice = useRef<HTMLDivElement>(null);
  const failed = error !== null && error !== undefined;
  useEffect(() => {
    if (failed) notice.current?.focus();
  }, [failed, error]);
  if (!failed) return null;
  return (
    <Notice ref={notice} tone="bad" title={titleOf(error, say)} live>
      {textOf(error)}
    </Notice>
  );
}

function titleOf(error: unknown, say: Readonly<Record<string, string>>): string {
  if (!isProblem(error)) return t('problem.unknown.title');
  if (error.isUnreachable) return t('problem.offline.title');
  const known = say[error.code];
  if (known !== undefined) return known;
  return error.status >= 500 ? t('problem.unknown.title') : t('problem.form.title');
}

function textOf(error: unknown): string {
  if (!isProblem(error)) return t('problem.unknown.text');
  if (error.isUnreachable) return t('problem.offline.text');
  if (error.status === 429) return t('problem.slowDown');
  if (error.errors.length > 0) return t('problem.form.fields');
  return error.status >= 500 ? t('problem.unknown.text') : error.detail;
}
