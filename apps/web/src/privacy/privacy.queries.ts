import { infiniteQueryOptions } from '@tanstack/react-query';
import type { listErasures } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const erasuresKey = ['erasures'] as const;

const SOON = 2_000;

/** Who was erased; asked again while one of them is under way. */
export const erasuresQuery = (api: ApiClient) =>
  infiniteQueryOptions({
    queryKey: erasuresKey,
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listErasures>('/api/v1/privacy/erasures', {
        query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ completedAt }) => completedAt === null)) === true
        ? SOON
        : false,
  });
