import { queryOptions } from '@tanstack/react-query';
import type { listMyCourses } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

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
