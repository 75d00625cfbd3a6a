import { queryOptions } from '@tanstack/react-query';
import type { listMyCourses, listRecommendations } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';
import { catalogueKey } from '../catalogue/catalogue.queries.js';

export const myCoursesKey = ['me', 'courses'] as const;

/** The hundred courses enrolled in last: more than anybody is on at once. */
export const myCoursesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: myCoursesKey,
    queryFn: async ({ signal }) => {
      const page = await api.read<typeof listMyCourses>('/api/v1/me/courses', {
        query: { limit: 100 },
        signal,
      });
      return page.items;
    },
  });

/** Under the catalogue's key: an enrolment makes both old. */
export const recommendationsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [...catalogueKey, 'recommended'],
    queryFn: async ({ signal }) => {
      const page = await api.read<typeof listRecommendations>('/api/v1/me/recommendations', {
        query: { limit: 3 },
        signal,
      });
      return page.items;
    },
    staleTime: 60_000,
  });
