import { useSuspenseQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { BookX } from 'lucide-react';
import { useApi } from '../api/api-context.js';
import { EmptyState } from '../design/empty-state.js';
import { t } from '../language/t.js';
import { entryLesson } from './outline.js';
import { outlineQuery } from './player.queries.js';
import './lesson.css';

/** Opens the course where the learner left it; a finished one at its end. */
export function ResumePage() {
  const api = useApi();
  const { enrolmentId } = useParams({ from: '/member/learn/$enrolmentId/' });
  const { data: outline } = useSuspenseQuery(outlineQuery(api, enrolmentId));
  if (outline.status === 'completed') {
    return <Navigate to="/learn/$enrolmentId/finished" params={{ enrolmentId }} replace />;
  }
  const lessonId = entryLesson(outline);
  if (lessonId === null) {
    return (
      <div className="lesson">
        <EmptyState level={1} icon={BookX} title={t('player.noLessons')} />
      </div>
    );
  }
  return <Navigate to="/learn/$enrolmentId/$lessonId" params={{ enrolmentId, lessonId }} replace />;
}
