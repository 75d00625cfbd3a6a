import { queryOptions } from '@tanstack/react-query';
import type {
  getAttempt,
  getConnection,
  getLdapSync,
  getSignInEnforcement,
  getSignInOptions,
  listAttempts,
  listConnections,
  listEmailDomains,
  listLdapSyncs,
  listSetupLinks,
  listUsers,
} from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const connectionsKey = ['sso', 'connections'] as const;
export const enforcementKey = ['sso', 'enforcement'] as const;
const base = '/api/v1/sso/connections';

export const connectionsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: connectionsKey,
    queryFn: async ({ signal }) => (await api.read<typeof listConnections>(base, { signal })).items,
  });

export const connectionQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [...connectionsKey, id],
    queryFn: ({ signal }) => api.send<typeof getConnection>('GET', `${base}/${id}`, { signal }),
  });

export const attemptsQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [...connectionsKey, id, 'attempts'],
    queryFn: async ({ signal }) =>
      (await api.read<typeof listAttempts>(`${base}/${id}/attempts`, { query: { limit: 20 }, signal })).items,
  });

export const attemptQuery = (api: ApiClient, id: string, attemptId: string) =>
  queryOptions({
    queryKey: [...connectionsKey, id, 'attempts', attemptId],
    queryFn: ({ signal }) => api.read<typeof getAttempt>(`${base}/${id}/attempts/${attemptId}`, { signal }),
  });

export const setupLinksKey = ['sso', 'setup-links'] as const;
export const setupLinksQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: setupLinksKey,
    queryFn: async ({ signal }) =>
      (await api.read<typeof listSetupLinks>('/api/v1/sso/setup-links', { signal })).items,
  });

export const directoryRunsKey = (id: string) => [...connectionsKey, id, 'syncs'] as const;

/** Looks again and again while a run waits or is under way. */
export const directoryRunsQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: directoryRunsKey(id),
    queryFn: ({ signal }) => api.read<typeof listLdapSyncs>(`${base}/${id}/ldap/syncs`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ finishedAt }) => finishedAt === null) === true ? 2_000 : false,
  });

export const directoryRunQuery = (api: ApiClient, id: string, runId: string) =>
  queryOptions({
    queryKey: [...directoryRunsKey(id), runId],
    queryFn: ({ signal }) => api.read<typeof getLdapSync>(`${base}/${id}/ldap/syncs/${runId}`, { signal }),
  });

export const emailDomainsKey = ['sso', 'email-domains'] as const;
export const emailDomainsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: emailDomainsKey,
    queryFn: async ({ signal }) =>
      (await api.read<typeof listEmailDomains>('/api/v1/sso/email-domains', { signal })).items,
  });

export const enforcementQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: enforcementKey,
    queryFn: ({ signal }) => api.read<typeof getSignInEnforcement>('/api/v1/sso/enforcement', { signal }),
  });

/** Who can be an exception: active owners. */
export const ownersQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['sso', 'owners'],
    queryFn: async ({ signal }) =>
      (
        await api.read<typeof listUsers>('/api/v1/users', {
          query: { limit: 50, role: 'owner', status: 'active' },
          signal,
        })
      ).items,
  });

export const signInOptionsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['sign-in-options'],
    queryFn: ({ signal }) => api.read<typeof getSignInOptions>('/api/v1/auth/sign-in-options', { signal }),
    staleTime: 60_000,
  });
