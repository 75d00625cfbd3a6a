import { queryOptions } from '@tanstack/react-query';
import type { hasTeam } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

/** Whether anybody reports to the reader; rarely changes, so it is asked once a visit. */
export const hasTeamQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['has-team'],
    queryFn: ({ signal }) => api.read<typeof hasTeam>('/api/v1/me/has-team', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
