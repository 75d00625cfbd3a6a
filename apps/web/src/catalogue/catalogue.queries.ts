import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { getCatalogueCourse, searchCatalogue } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

export const catalogueKey = ['catalogue'] as const;

export const catalogueQuery = (api: ApiClient, words: string) =>
  infiniteQueryOptions({
    queryKey: [...catalogueKey, 'search', words],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof searchCatalogue>('/api/v1/catalogue', {
        query: {
          limit: 24,
          ...(words === '' ? {} : { q: words }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const catalogueCourseQuery = (api: ApiClient, courseId: string) =>
  queryOptions({
    queryKey: [...catalogueKey, 'course', courseId],
    queryFn: ({ signal }) =>
      api.read<typeof getCatalogueCourse>('/api/v1/catalogue/:courseId', { params: { courseId }, signal }),
  });
