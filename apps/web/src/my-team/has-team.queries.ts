import { queryOptions } from '@tanstack/react-query';
import type { getMyTeam } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

/** Whether anybody reports to the reader; rarely changes, so it is asked once a visit. */
export const hasTeamQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['has-team'],
    queryFn: async ({ signal }) => {
      const { totals } = await api.read<typeof getMyTeam>('/api/v1/my-team', { query: { limit: 1 }, signal });
      return { hasTeam: totals.people > 0 };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
