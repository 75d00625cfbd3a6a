import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { getTeam, listTeams } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const teamsKey = ['teams'] as const;

export const teamsQuery = (api: ApiClient, words: string) =>
  infiniteQueryOptions({
    queryKey: [...teamsKey, 'list', words],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listTeams>('/api/v1/teams', {
        query: {
          limit: 100,
          ...(words === '' ? {} : { q: words }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** With its ETag, which a change must name. */
export const teamQuery = (api: ApiClient, teamId: string) =>
  queryOptions({
    queryKey: [...teamsKey, 'one', teamId],
    queryFn: ({ signal }) =>
      api.send<typeof getTeam>('GET', '/api/v1/teams/:teamId', { params: { teamId }, signal }),
  });
