import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { CourseProgress, LessonView } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { ContentLanguage } from '../course/content-language.js';
import { lessonKindIcon, lessonKindName } from '../course/lesson-kind.js';
import { Loading, Skeleton, SkeletonText } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { formatMinutes } from '../language/minutes.js';
import { t } from '../language/t.js';
import { Quiz } from '../quiz/quiz.js';
import { Problem } from '../shell/problem-page.js';
import { LessonBar } from './lesson-bar.js';
import { Article, FileLesson } from './lesson-body.js';
import { lessonAfter, placeOf } from './outline.js';
import { lessonQuery, outlineQuery } from './player.queries.js';
import { useProgress } from './use-progress.js';
import { VideoLesson } from './video-lesson.js';
import './lesson.css';

// Below the lesson: nobody waits for it.
const NotePanel = lazy(async () => ({ default: (await import('./note-panel.js')).NotePanel }));

export function LessonPage() {
  const api = useApi();
  const { enrolmentId, lessonId } = useParams({ from: '/member/learn/$enrolmentId/$lessonId' });
  const view = useQuery(lessonQuery(api, enrolmentId, lessonId));
  usePageTitle(view.data?.lesson.title);
  if (view.isPending) return <LessonSkeleton />;
  if (view.isError) {
    return (
      <Problem
        error={view.error}
        onRetry={() => {
          void view.refetch();
        }}
      />
    );
  }
  // A lesson of its own, with a state of its own.
  return <Lesson key={lessonId} view={view.data} />;
}

function Lesson({ view }: { readonly view: LessonView }) {
  const api = useApi();
  const navigate = useNavigate();
  const toasts = useToasts();
  const { lesson, enrolmentId, state } = view;
  const { data: outline } = useSuspenseQuery(outlineQuery(api, enrolmentId));
  const progress = useProgress(enrolmentId, lesson.id);
  const heading = useRef<HTMLHeadingElement>(null);
  useStarted(view, progress.mutate);
  // The lesson may come later than the navigation: the focus waits for it.
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.id === 'main') {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);

  const place = placeOf(outline, lesson.id);
  const openLesson = (id: string): void => {
    void navigate({ to: '/learn/$enrolmentId/$lessonId', params: { enrolmentId, lessonId: id } });
  };
  const goOn = (course: CourseProgress): void => {
    const next = lessonAfter(outline, lesson.id, course);
    if (next !== null) openLesson(next);
    else void navigate({ to: '/learn/$enrolmentId/finished', params: { enrolmentId } });
  };
  const complete = (): void => {
    progress.mutate(
      { state: 'completed' },
      {
        onSuccess: ({ course }) => {
          goOn(course);
        },
        onError: () => {
          toasts.show(t('lesson.notSaved'), 'bad');
        },
      },
    );
  };
  const Icon = lessonKindIcon[lesson.kind];
  return (
    <ContentLanguage value={outline.language}>
      <article className="lesson">
        <header className="lesson__header">
          <p className="lesson__kind">
            <Icon aria-hidden />
            {t(lessonKindName[lesson.kind])}
            {lesson.minutes > 0 && <span> · {formatMinutes(lesson.minutes)}</span>}
          </p>
          <h1 className="lesson__title" ref={heading} tabIndex={-1} lang={outline.language}>
            {lesson.title}
          </h1>
        </header>
        {lesson.kind === 'article' && <Article html={lesson.html} />}
        {lesson.kind === 'file' && <FileLesson lesson={lesson} />}
        {lesson.kind === 'video' && (
          <VideoLesson
            lesson={lesson}
            startAt={view.positionSeconds}
            onPosition={({ seconds, rewind }) => {
              progress.mutate({ state: 'started', positionSeconds: seconds, rewind });
            }}
            onEnded={() => {
              if (state !== 'completed') progress.mutate({ state: 'completed' });
            }}
          />
        )}
        {lesson.kind === 'quiz' && <Quiz view={view} lesson={lesson} onGoOn={goOn} course={outline} />}
        <Suspense fallback={<div className="lesson__note" />}>
          <NotePanel enrolmentId={enrolmentId} lessonId={lesson.id} />
        </Suspense>
      </article>
      <LessonBar
        enrolmentId={enrolmentId}
        place={place}
        kind={lesson.kind}
        isCompleted={state === 'completed'}
        isSaving={progress.isPending && progress.variables.state === 'completed'}
        lessonId={lesson.id}
        course={outline}
        onComplete={complete}
      />
    </ContentLanguage>
  );
}

/** Says once that the lesson was opened. */
function useStarted(view: LessonView, tell: (progress: { readonly state: 'started' }) => void): void {
  const told = useRef(false);
  useEffect(() => {
    if (view.state !== 'not_started' || told.current) return;
    told.current = true;
    tell({ state: 'started' });
  }, [view.state, tell]);
}

function LessonSkeleton() {
  return (
    <Loading>
      <div className="lesson">
        <Skeleton className="skeleton--title" />
        <SkeletonText lines={9} />
      </div>
    </Loading>
  );
}
