import { infiniteQueryOptions } from '@tanstack/react-query';
import type { listApiKeys } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const keysKey = ['api-keys'] as const;

export const keysQuery = (api: ApiClient) =>
  infiniteQueryOptions({
    queryKey: keysKey,
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listApiKeys>('/api/v1/api-keys', {
        query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
