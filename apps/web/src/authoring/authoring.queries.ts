import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  compareVersions,
  CourseFilter,
  CourseOrder,
  EnrolmentStatus,
  getCourse,
  getDraft,
  getPublishedContent,
  listCourses,
  listEnrolments,
  listHistory,
  listManagedQuizzes,
  previewLesson,
  showPublishImpact,
} from '#libs/contracts/courses';
import type { getMedia } from '#libs/contracts/media';
import { type ApiClient } from '../api/api-client.js';

export const authoringKey = ['authoring'] as const;
const ofCourse = (courseId: string) => [...authoringKey, 'course', courseId] as const;

export type ListFilter = CourseFilter | 'all';

interface CourseSearch {
  readonly filter: ListFilter;
  readonly order: CourseOrder;
  readonly words: string;
}

export const everyCourse: CourseSearch = { filter: 'all', order: 'updated', words: '' };

export const authoredCoursesQuery = (api: ApiClient, { filter, order, words }: CourseSearch) =>
  infiniteQueryOptions({
    queryKey: [...authoringKey, 'courses', filter, order, words],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listCourses>('/api/v1/courses', {
        query: {
          limit: 30,
          order,
          ...(words === '' ? {} : { q: words }),
          ...(filter === 'all' ? {} : { status: filter }),
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
    queryKey: [...authoringKey, 'draft', courseId],
    queryFn: ({ signal }) =>
      api.send<typeof getDraft>('GET', '/api/v1/courses/:courseId/draft', { params: { courseId }, signal }),
    staleTime: Infinity,
    gcTime: 0,
  });

export const authoredCourseQuery = (api: ApiClient, courseId: string) =>
  queryOptions({
    queryKey: [...ofCourse(courseId), 'state'],
    queryFn: ({ signal }) =>
      api.read<typeof getCourse>('/api/v1/courses/:courseId', { params: { courseId }, signal }),
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

/** Of the saved draft: asked anew whenever somebody is about to publish. */
export const impactQuery = (api: ApiClient, courseId: string, revision: number) =>
  queryOptions({
    queryKey: [...ofCourse(courseId), 'impact', revision],
    queryFn: ({ signal }) =>
      api.read<typeof showPublishImpact>('/api/v1/courses/:courseId/publish-impact', {
        params: { courseId },
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
  });

export const historyQuery = (api: ApiClient, courseId: string) =>
  infiniteQueryOptions({
    queryKey: [...ofCourse(courseId), 'history'],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listHistory>('/api/v1/courses/:courseId/history', {
        params: { courseId },
        query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** Without a version at its end: against the draft. */
export const comparisonQuery = (api: ApiClient, courseId: string, from: number, to: number | null) =>
  queryOptions({
    queryKey: [...ofCourse(courseId), 'comparison', from, to],
    queryFn: ({ signal }) =>
      api.read<typeof compareVersions>('/api/v1/courses/:courseId/comparison', {
        params: { courseId },
        query: { from, ...(to === null ? {} : { to }) },
        signal,
      }),
    staleTime: 0,
  });

export const publishedContentQuery = (api: ApiClient, courseId: string, version: number) =>
  queryOptions({
    queryKey: [...ofCourse(courseId), 'content', version],
    queryFn: ({ signal }) =>
      api.read<typeof getPublishedContent>('/api/v1/courses/:courseId/content', {
        params: { courseId },
        query: { version },
        signal,
      }),
    staleTime: Infinity,
  });

export const learnersQuery = (
  api: ApiClient,
  courseId: string,
  status: EnrolmentStatus | 'all',
  words: string,
) =>
  infiniteQueryOptions({
    queryKey: [...ofCourse(courseId), 'learners', status, words],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listEnrolments>('/api/v1/courses/:courseId/enrolments', {
        params: { courseId },
        query: {
          limit: 50,
          ...(words === '' ? {} : { q: words }),
          ...(status === 'all' ? {} : { status }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const quizzesQuery = (api: ApiClient, courseId: string, enrolmentId: string) =>
  queryOptions({
    queryKey: [...ofCourse(courseId), 'quizzes', enrolmentId],
    queryFn: ({ signal }) =>
      api.read<typeof listManagedQuizzes>('/api/v1/courses/:courseId/enrolments/:enrolmentId/attempts', {
        params: { courseId, enrolmentId },
        signal,
      }),
    staleTime: 0,
  });

export const mediaQuery = (api: ApiClient, mediaId: string) =>
  queryOptions({
    queryKey: [...authoringKey, 'media', mediaId],
    queryFn: ({ signal }) =>
      api.read<typeof getMedia>('/api/v1/media/:mediaId', { params: { mediaId }, signal }),
    staleTime: Infinity,
  });
