import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isProblem } from '../api/problem.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { factorsKey } from './factors.queries.js';

/** A change of one's own factors: what comes of it is said, and the page shows the new state. */
export function useFactorChange<V, R>(change: (given: V) => Promise<R>, done?: string) {
  const queries = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      if (done !== undefined) toasts.show(done);
    },
    onError: (error) => {
      if (isProblem(error, 'auth.step_up_required')) return;
      const isLast = isProblem(error, 'factor.last_required');
      const said = isProblem(error) ? error.detail : t('problem.unknown.title');
      toasts.show(isLast ? t('accountSecurity.lastRequired') : said, 'bad');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: factorsKey }),
  });
}
