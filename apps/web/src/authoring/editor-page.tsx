import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden, Problem } from '../shell/problem-page.js';
import { draftQuery } from './authoring.queries.js';
import { Editor } from './editor.js';

export function EditorPage() {
  const user = useUser();
  return may(user, 'courses.author') ? <Loaded /> : <Forbidden />;
}

function Loaded() {
  const api = useApi();
  const { courseId } = useParams({ from: '/member/app/author/$courseId' });
  const draft = useQuery(draftQuery(api, courseId));
  usePageTitle(draft.data === undefined ? t('nav.authoring') : draft.data.data.content.title);
  // A later look that fails (somebody signs in again, say) takes nothing away from whoever is writing.
  if (draft.data !== undefined) return <Editor key={courseId} courseId={courseId} draft={draft.data} />;
  if (draft.isPending) {
    return (
      <Loading>
        <Skeleton className="skeleton--list" />
      </Loading>
    );
  }
  return (
    <Problem
      error={draft.error}
      onRetry={() => {
        void draft.refetch();
      }}
    />
  );
}
