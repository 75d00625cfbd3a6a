import { queryOptions } from '@tanstack/react-query';
import type { getScimStatus, getSignInPolicy, listFactors, listScimTokens } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const factorsKey = ['me', 'factors'] as const;
export const policyKey = ['sign-in-policy'] as const;
export const scimKey = ['scim'] as const;

export const factorsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: factorsKey,
    queryFn: ({ signal }) => api.read<typeof listFactors>('/api/v1/auth/factors', { signal }),
  });

export const policyQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: policyKey,
    queryFn: ({ signal }) => api.send<typeof getSignInPolicy>('GET', '/api/v1/sign-in-policy', { signal }),
  });

export const scimStatusQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [...scimKey, 'status'],
    queryFn: ({ signal }) => api.read<typeof getScimStatus>('/api/v1/scim', { signal }),
    refetchInterval: 15_000,
  });

export const scimTokensQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [...scimKey, 'tokens'],
    queryFn: async ({ signal }) =>
      (await api.read<typeof listScimTokens>('/api/v1/scim/tokens', { query: { limit: 50 }, signal })).items,
  });
