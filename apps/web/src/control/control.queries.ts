import { infiniteQueryOptions, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { Plan, TenantStatus } from '#libs/contracts';
import type { getOperatorMe, Operator } from '#libs/contracts/auth';
import type { listShards, listTenants } from '#libs/contracts/tenants';
import { type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';

export const operatorKey = ['operator'] as const;
export const tenantsKey = ['operator', 'tenants'] as const;

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

export interface TenantFilter {
  readonly words: string;
  readonly plan: Plan | 'all';
  readonly status: TenantStatus | 'all';
}

export const tenantsQuery = (api: ApiClient, { words, plan, status }: TenantFilter) =>
  infiniteQueryOptions({
    queryKey: [...tenantsKey, words, plan, status],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listTenants>('/api/v1/operator/tenants', {
        query: {
          limit: 50,
          ...(words === '' ? {} : { q: words }),
          ...(plan === 'all' ? {} : { plan }),
          ...(status === 'all' ? {} : { status }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const shardsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['operator', 'shards'],
    queryFn: async ({ signal }) =>
      (await api.read<typeof listShards>('/api/v1/operator/shards', { signal })).items,
  });
