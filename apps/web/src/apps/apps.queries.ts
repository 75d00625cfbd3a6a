import { queryOptions } from '@tanstack/react-query';
import type { getApp, getIssuer, listAllowedApps, listApps } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const appsKey = ['sso', 'apps'] as const;
export const issuerKey = ['sso', 'issuer'] as const;
export const appsPath = '/api/v1/sso/apps';

export const allowedAppsKey = ['me', 'apps'] as const;

/** An academy has a hundred at most. */
export const appsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: appsKey,
    queryFn: async ({ signal }) =>
      (await api.read<typeof listApps>(appsPath, { query: { limit: 100 }, signal })).items,
  });

/** With the version that a change has to name. */
export const appQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [...appsKey, id],
    queryFn: ({ signal }) => api.send<typeof getApp>('GET', `${appsPath}/${id}`, { signal }),
  });

export const issuerQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: issuerKey,
    queryFn: ({ signal }) => api.read<typeof getIssuer>('/api/v1/sso/issuer', { signal }),
  });

export const allowedAppsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: allowedAppsKey,
    queryFn: async ({ signal }) =>
      (await api.read<typeof listAllowedApps>('/api/v1/auth/apps', { signal })).items,
  });
