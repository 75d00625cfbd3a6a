import { queryOptions } from '@tanstack/react-query';
import type { getMyCourse, getMyLesson } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

export const outlineKey = (enrolmentId: string) => ['me', 'courses', enrolmentId] as const;
export const lessonKey = (enrolmentId: string, lessonId: string) =>
  [...outlineKey(enrolmentId), 'lessons', lessonId] as const;

export const outlineQuery = (api: ApiClient, enrolmentId: string) =>
  queryOptions({
    queryKey: outlineKey(enrolmentId),
    queryFn: ({ signal }) =>
      api.read<typeof getMyCourse>('/api/v1/me/courses/:enrolmentId', { params: { enrolmentId }, signal }),
  });

export const lessonQuery = (api: ApiClient, enrolmentId: string, lessonId: string) =>
  queryOptions({
    queryKey: lessonKey(enrolmentId, lessonId),
    queryFn: ({ signal }) =>
      api.read<typeof getMyLesson>('/api/v1/me/courses/:enrolmentId/lessons/:lessonId', {
        params: { enrolmentId, lessonId },
        signal,
      }),
  });
