import { queryOptions } from '@tanstack/react-query';
import type { listSessions } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const sessionsKey = ['me', 'sessions'] as const;

export const sessionsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: sessionsKey,
    queryFn: async ({ signal }) =>
      (await api.read<typeof listSessions>('/api/v1/auth/sessions', { signal })).items,
  });
