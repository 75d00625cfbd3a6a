import { type ReactNode } from 'react';
import { Loading } from '../design/skeleton.js';
import { Problem } from './problem-page.js';

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

interface AnswerProps<T> {
  /** A query of React Query. */
  readonly of: Asked<T>;
  /** Stands in, in the size of what will come. */
  readonly skeleton: ReactNode;
  readonly children: (data: T) => ReactNode;
  /** It is the whole page, with its heading: what stands in its place needs one, too. */
  readonly isPage?: boolean;
}

/** Loading, failed, not allowed or there: the one place that tells these apart. What was there before a failure stays. */
export function Answer<T>({ of, skeleton, children, isPage = false }: AnswerProps<T>) {
  if (of.data !== undefined) return children(of.data);
  if (of.isPending) return <Loading>{skeleton}</Loading>;
  return (
    <Problem
      level={isPage ? 1 : 2}
      error={of.error}
      onRetry={() => {
        void of.refetch();
      }}
    />
  );
}
