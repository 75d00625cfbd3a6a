import { type ErrorComponentProps } from '@tanstack/react-router';
import { CloudOff, Compass, LockKeyhole, TriangleAlert } from 'lucide-react';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { ButtonLink } from '../design/button-link.js';
import { EmptyState } from '../design/empty-state.js';
import { PlainButton } from '../design/plain-button.js';
import { t } from '../language/t.js';
import './problem-page.css';

/** What the router shows when a page cannot be shown at all. */
export function ProblemPage({ error, reset }: ErrorComponentProps) {
  return (
    <div className="problem-page">
      <Problem error={error} onRetry={reset} />
    </div>
  );
}

interface ProblemProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly level?: 1 | 2;
}

/** A failure in the place of what was asked for: what it is, and what can be done. */
export function Problem({ error, onRetry, level = 1 }: ProblemProps) {
  if (isProblem(error) && error.status === 403) return <Forbidden level={level} />;
  if (isProblem(error) && error.status === 404) return <NotFound level={level} />;
  const offline = isProblem(error) && error.isUnreachable;
  return (
    <EmptyState
      level={level}
      icon={offline ? CloudOff : TriangleAlert}
      title={offline ? t('problem.offline.title') : t('problem.unknown.title')}
      action={onRetry !== undefined && <PlainButton onClick={onRetry}>{t('action.retry')}</PlainButton>}
    >
      {offline ? t('problem.offline.text') : t('problem.unknown.text')}
      {isProblem(error) && !offline && <ProblemId code={error.code} requestId={error.requestId} />}
    </EmptyState>
  );
}

/** What to pass on to whoever helps. */
function ProblemId({ code, requestId }: { readonly code: string; readonly requestId: string | null }) {
  return (
    <span className="problem-page__id">
      {requestId !== null && t('problem.id', { id: requestId })} <code>{code}</code>
    </span>
  );
}

function NotFound({ level = 1 }: { readonly level?: 1 | 2 }) {
  usePageTitle(level === 1 ? t('problem.notFound.title') : null);
  return (
    <EmptyState
      level={level}
      icon={Compass}
      title={t('problem.notFound.title')}
      action={<ButtonLink to="/">{t('action.home')}</ButtonLink>}
    >
      {t('problem.notFound.text')}
    </EmptyState>
  );
}

export function Forbidden({ level = 1 }: { readonly level?: 1 | 2 }) {
  usePageTitle(level === 1 ? t('problem.forbidden.title') : null);
  return (
    <EmptyState
      level={level}
      icon={LockKeyhole}
      title={t('problem.forbidden.title')}
      action={
        <ButtonLink to="/" look="secondary">
          {t('action.home')}
        </ButtonLink>
      }
    >
      {t('problem.forbidden.text')}
    </EmptyState>
  );
}

export function NotFoundPage() {
  return (
    <main id="main" className="problem-page" tabIndex={-1}>
      <NotFound />
    </main>
  );
}
