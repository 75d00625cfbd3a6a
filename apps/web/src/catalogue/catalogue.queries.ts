import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { getCatalogueCourse, listCatalogueFacets, searchCatalogue } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';
import { type CatalogueFilter, questionOf } from './catalogue-filter.js';

export const catalogueKey = ['catalogue'] as const;

export const catalogueQuery = (api: ApiClient, filter: CatalogueFilter) =>
  infiniteQueryOptions({
    queryKey: [...catalogueKey, 'search', filter],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof searchCatalogue>('/api/v1/catalogue', {
        query: {
          limit: 24,
          ...questionOf(filter),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** By what the catalogue can be narrowed. */
export const facetsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [...catalogueKey, 'facets'],
    queryFn: ({ signal }) => api.read<typeof listCatalogueFacets>('/api/v1/catalogue-facets', { signal }),
    staleTime: 5 * 60_000,
  });

export const catalogueCourseQuery = (api: ApiClient, courseId: string) =>
  queryOptions({
    queryKey: [...catalogueKey, 'course', courseId],
    queryFn: ({ signal }) =>
      api.read<typeof getCatalogueCourse>('/api/v1/catalogue/:courseId', { params: { courseId }, signal }),
  });
