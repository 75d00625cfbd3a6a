import { useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  CourseOutline,
  CourseProgress,
  LessonProgressInput,
  LessonState,
  LessonView,
  recordProgress,
} from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { catalogueKey } from '../catalogue/catalogue.queries.js';
import { myCertificatesKey } from '../certificate/certificate.queries.js';
import { myCoursesKey } from '../home/home.queries.js';
import { withLesson } from './outline.js';
import { lessonKey, outlineKey } from './player.queries.js';

type ProgressInput = Partial<LessonProgressInput> & Pick<LessonProgressInput, 'state'>;

/** Tells the server how far a lesson is, and the page what the server said. */
export function useProgress(enrolmentId: string, lessonId: string) {
  const api = useApi();
  const learned = useLearned(enrolmentId, lessonId);
  return useMutation({
    mutationFn: async (body: ProgressInput) => {
      const { data } = await api.send<typeof recordProgress>(
        'PUT',
        '/api/v1/me/courses/:enrolmentId/lessons/:lessonId/progress',
        // A place in a video is told while the page is being left.
        { params: { enrolmentId, lessonId }, body, keepalive: body.positionSeconds !== undefined },
      );
      return data;
    },
    onSuccess: ({ state, course, positionSeconds }) => {
      learned(state, course, positionSeconds);
    },
  });
}

/** Writes a lesson's new state into what the page already holds. */
export function useLearned(enrolmentId: string, lessonId: string) {
  const queries = useQueryClient();
  return (state: LessonState, course: CourseProgress, positionSeconds?: number): void => {
    queries.setQueryData<CourseOutline>(outlineKey(enrolmentId), (outline) =>
      outline === undefined ? undefined : withLesson(outline, lessonId, state, course),
    );
    queries.setQueryData<LessonView>(lessonKey(enrolmentId, lessonId), (view) =>
      view === undefined
        ? undefined
        : { ...view, state, positionSeconds: positionSeconds ?? view.positionSeconds },
    );
    void queries.invalidateQueries({ queryKey: myCoursesKey, exact: true });
    if (course.status === 'completed') {
      void queries.invalidateQueries({ queryKey: myCertificatesKey });
      void queries.invalidateQueries({ queryKey: catalogueKey });
    }
  };
}
