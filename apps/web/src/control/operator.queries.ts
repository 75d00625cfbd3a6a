import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { getOperatorMe, Operator } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';

export const operatorKey = ['operator'] as const;

/** The operator who is signed in, or null. */
export const operatorQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: operatorKey,
    queryFn: async ({ signal }): Promise<Operator | null> => {
      try {
        const operator = await api.read<typeof getOperatorMe>('/api/v1/operator/auth/me', { signal });
        api.rememberSession();
        return operator;
      } catch (error) {
        if (isProblem(error) && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });

export function useOperator(): Operator {
  const { data } = useSuspenseQuery(operatorQuery(useApi()));
  if (data === null) throw new Error('This page is behind the sign-in.');
  return data;
}
