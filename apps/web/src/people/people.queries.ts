import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Role } from '#libs/contracts';
import type { listUsers } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const peopleKey = ['people'] as const;

export const peopleQuery = (api: ApiClient, words: string, role: Role | 'all') =>
  infiniteQueryOptions({
    queryKey: [...peopleKey, words, role],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listUsers>('/api/v1/users', {
        query: {
          limit: 50,
          ...(words === '' ? {} : { q: words }),
          ...(role === 'all' ? {} : { role }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
