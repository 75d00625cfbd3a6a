import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { CourseStatus, getDraft, listCourses, previewLesson } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

export const authoringKey = ['authoring'] as const;
const draftKey = (courseId: string) => [...authoringKey, 'draft', courseId] as const;

export type CourseFilter = CourseStatus | 'all';

export const authoredCoursesQuery = (api: ApiClient, status: CourseFilter, words = '') =>
  infiniteQueryOptions({
    queryKey: [...authoringKey, 'courses', status, words],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listCourses>('/api/v1/courses', {
        query: {
          limit: 30,
          ...(words === '' ? {} : { q: words }),
          ...(status === 'all' ? {} : { status }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** The draft with the ETag that a change of it must name: read afresh on opening, never behind the author's back. */
export const draftQuery = (api: ApiClient, courseId: string) =>
  queryOptions({
    queryKey: draftKey(courseId),
    queryFn: ({ signal }) =>
      api.send<typeof getDraft>('GET', '/api/v1/courses/:courseId/draft', { params: { courseId }, signal }),
    staleTime: Infinity,
    gcTime: 0,
  });

export const previewQuery = (api: ApiClient, courseId: string, lessonId: string) =>
  queryOptions({
    queryKey: [...authoringKey, 'preview', courseId, lessonId],
    queryFn: ({ signal }) =>
      api.read<typeof previewLesson>('/api/v1/courses/:courseId/draft/preview/lessons/:lessonId', {
        params: { courseId, lessonId },
        signal,
      }),
    staleTime: 0,
  });
