import { queryOptions } from '@tanstack/react-query';
import type { getMyNote, listMyNotes } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

export const noteKey = (enrolmentId: string, lessonId: string) =>
  ['me', 'notes', enrolmentId, lessonId] as const;

/** With the ETag that a change of it must name. */
export const noteQuery = (api: ApiClient, enrolmentId: string, lessonId: string) =>
  queryOptions({
    queryKey: noteKey(enrolmentId, lessonId),
    queryFn: ({ signal }) =>
      api.send<typeof getMyNote>('GET', '/api/v1/me/courses/:enrolmentId/lessons/:lessonId/note', {
        params: { enrolmentId, lessonId },
        signal,
      }),
    staleTime: 0,
  });

/** All notes of a course, in the order of its lessons. */
export const notesQuery = (api: ApiClient, enrolmentId: string) =>
  queryOptions({
    queryKey: ['me', 'notes', enrolmentId],
    queryFn: ({ signal }) =>
      api.read<typeof listMyNotes>('/api/v1/me/courses/:enrolmentId/notes', {
        params: { enrolmentId },
        signal,
      }),
    staleTime: 0,
  });
