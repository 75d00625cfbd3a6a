import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, BookX, Eye } from 'lucide-react';
import { useState } from 'react';
import type { CourseContent, LearnerLesson } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { ContentLanguage } from '../course/content-language.js';
import { lessonKindIcon, lessonKindName } from '../course/lesson-kind.js';
import { ButtonLink } from '../design/button-link.js';
import { EmptyState } from '../design/empty-state.js';
import { Loading, Skeleton, SkeletonText } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { Article, FileLesson } from '../player/lesson-body.js';
import { VideoLesson } from '../player/video-lesson.js';
import { AnswerStore } from '../quiz/answer-store.js';
import { QuizFacts } from '../quiz/quiz-facts.js';
import { QuizForm } from '../quiz/quiz-form.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden, Problem } from '../shell/problem-page.js';
import { SkipLink } from '../shell/skip-link.js';
import { draftQuery, previewQuery } from './authoring.queries.js';
import '../player/lesson.css';
import '../player/player.css';
import './preview.css';

/** The saved draft as a learner would see it; nothing here is recorded. */
export function PreviewPage() {
  const user = useUser();
  return may(user, 'courses.author') ? <Preview /> : <Forbidden />;
}

function Preview() {
  const api = useApi();
  const { courseId } = useParams({ from: '/member/author/$courseId/preview' });
  const search = useSearch({ from: '/member/author/$courseId/preview' });
  const draft = useQuery({ ...draftQuery(api, courseId), staleTime: 0 });
  const content = draft.data?.data.content;
  const lessons = content?.modules.flatMap((module) => module.lessons) ?? [];
  const index = Math.max(
    0,
    lessons.findIndex(({ id }) => id === search.lesson),
  );
  const lesson = lessons[index];
  usePageTitle(t('preview.title'));
  return (
    <div className="preview">
      <SkipLink />
      <header className="preview__bar">
        <p className="preview__what">
          <Eye aria-hidden />
          {t('preview.what')}
        </p>
        {content !== undefined && (
          <LessonChoice courseId={courseId} content={content} lessonId={lesson?.id ?? null} />
        )}
        <ButtonLink
          to="/author/$courseId"
          params={{ courseId }}
          search={lesson === undefined ? {} : { lesson: lesson.id }}
          look="inverse"
          size="s"
        >
          {t('preview.back')}
        </ButtonLink>
      </header>
      <main id="main" className="player__main" tabIndex={-1}>
        {draft.isError && (
          <div className="problem-page">
            <Problem
              error={draft.error}
              onRetry={() => {
                void draft.refetch();
              }}
            />
          </div>
        )}
        {draft.isSuccess && lesson === undefined && (
          <div className="lesson">
            <EmptyState level={1} icon={BookX} title={t('player.noLessons')}>
              {t('preview.empty')}
            </EmptyState>
          </div>
        )}
        {lesson !== undefined && (
          <ContentLanguage value={content?.language}>
            <PreviewLesson key={lesson.id} courseId={courseId} lessonId={lesson.id} />
          </ContentLanguage>
        )}
        {lessons.length > 1 && (
          <nav className="lesson-bar" aria-label={t('player.lessonNav')}>
            <div className="lesson-bar__inner">
              <Step courseId={courseId} lessonId={lessons[index - 1]?.id} direction="previous" />
              <p className="lesson-bar__place">
                {t('player.place', { number: index + 1, total: lessons.length })}
              </p>
              <Step courseId={courseId} lessonId={lessons[index + 1]?.id} direction="next" />
            </div>
          </nav>
        )}
      </main>
    </div>
  );
}

interface StepProps {
  readonly courseId: string;
  readonly lessonId: string | undefined;
  readonly direction: 'previous' | 'next';
}

function Step({ courseId, lessonId, direction }: StepProps) {
  if (lessonId === undefined) return <span />;
  return (
    <ButtonLink
      to="/author/$courseId/preview"
      params={{ courseId }}
      search={{ lesson: lessonId }}
      look="quiet"
      {...(direction === 'previous'
        ? { icon: <ArrowLeft aria-hidden /> }
        : { iconAfter: <ArrowRight aria-hidden /> })}
    >
      {direction === 'previous' ? t('player.previous') : t('player.next')}
    </ButtonLink>
  );
}

interface LessonChoiceProps {
  readonly courseId: string;
  readonly content: CourseContent;
  readonly lessonId: string | null;
}

function LessonChoice({ courseId, content, lessonId }: LessonChoiceProps) {
  return (
    <nav className="preview__lessons" aria-label={t('player.outline')}>
      <ol>
        {content.modules
          .flatMap((module) => module.lessons)
          .map((lesson, index) => {
            const name = lesson.title || t('editor.untitledLesson');
            return (
              <li key={lesson.id}>
                <Link
                  to="/author/$courseId/preview"
                  params={{ courseId }}
                  search={{ lesson: lesson.id }}
                  className="preview__dot"
                  aria-current={lesson.id === lessonId ? 'page' : undefined}
                  aria-label={`${index + 1} ${name}`}
                  title={name}
                >
                  {index + 1}
                </Link>
              </li>
            );
          })}
      </ol>
    </nav>
  );
}

function PreviewLesson({ courseId, lessonId }: { readonly courseId: string; readonly lessonId: string }) {
  const api = useApi();
  const view = useQuery(previewQuery(api, courseId, lessonId));
  if (view.isPending) {
    return (
      <Loading>
        <div className="lesson">
          <Skeleton className="skeleton--title" />
          <SkeletonText lines={8} />
        </div>
      </Loading>
    );
  }
  if (view.isError) {
    return (
      <div className="problem-page">
        <Problem
          error={view.error}
          onRetry={() => {
            void view.refetch();
          }}
        />
      </div>
    );
  }
  const lesson = view.data;
  const Icon = lessonKindIcon[lesson.kind];
  return (
    <article className="lesson">
      <header className="lesson__header">
        <p className="lesson__kind">
          <Icon aria-hidden />
          {t(lessonKindName[lesson.kind])}
        </p>
        <h1 className="lesson__title" tabIndex={-1}>
          {lesson.title || t('editor.untitledLesson')}
        </h1>
      </header>
      {lesson.kind === 'article' && <Article html={lesson.html} />}
      {lesson.kind === 'file' && <FileLesson lesson={lesson} />}
      {lesson.kind === 'video' && (
        <VideoLesson lesson={lesson} startAt={0} onPosition={ignore} onEnded={ignore} />
      )}
      {lesson.kind === 'quiz' && <PreviewQuiz lesson={lesson} />}
    </article>
  );
}

function ignore(): void {
  // A preview records nothing.
}

function PreviewQuiz({ lesson }: { readonly lesson: Extract<LearnerLesson, { kind: 'quiz' }> }) {
  const [store] = useState(() => new AnswerStore(sessionStorage, `harka.preview.${lesson.id}`));
  return (
    <>
      <QuizFacts
        lesson={lesson}
        attemptsLeft={lesson.attempts === 0 ? null : lesson.attempts}
        attemptsUsed={0}
      />
      {lesson.introHtml !== '' && <Article html={lesson.introHtml} />}
      <QuizForm questions={lesson.questions} store={store} isSending={false} error={null} onSubmit={ignore} />
    </>
  );
}
