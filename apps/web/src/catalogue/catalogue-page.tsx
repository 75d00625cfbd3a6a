import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX, Sparkles } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CatalogueCourse } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { CourseCard, CourseGrid } from '../course/course-card.js';
import { CourseFacts } from '../course/course-facts.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { Problem } from '../shell/problem-page.js';
import { catalogueQuery } from './catalogue.queries.js';
import './catalogue-page.css';

const TYPING_PAUSE_MS = 250;

export function CataloguePage() {
  const api = useApi();
  const { q = '' } = useSearch({ from: '/member/app/catalogue' });
  usePageTitle(t('nav.catalogue'));
  const found = useInfiniteQuery({
    ...catalogueQuery(api, q),
    // The last results stay until the new ones are here: no jumping while typing.
    placeholderData: (previous) => previous,
  });
  const courses = found.data?.pages.flatMap((page) => page.items) ?? [];
  const search = useSearchWords(q);
  return (
    <>
      <PageHeading title={t('nav.catalogue')}>{t('catalogue.lead')}</PageHeading>
      <search className="catalogue__search">
        <SearchField
          label={t('catalogue.search')}
          placeholder={t('catalogue.searchHint')}
          value={search.words}
          onChange={search.setWords}
        />
      </search>
      <p className="visually-hidden" role="status">
        {found.isSuccess &&
          !found.isPlaceholderData &&
          q !== '' &&
          t('catalogue.found', { count: courses.length })}
      </p>
      {found.isPending && <CatalogueSkeleton />}
      {found.isError && (
        <Problem
          level={2}
          error={found.error}
          onRetry={() => {
            void found.refetch();
          }}
        />
      )}
      {found.isSuccess && courses.length === 0 && (
        <NothingFound
          words={q}
          onClear={() => {
            search.setWords('');
          }}
        />
      )}
      {courses.length > 0 && (
        <section aria-labelledby="catalogue-courses" aria-busy={found.isPlaceholderData}>
          <h2 className="visually-hidden" id="catalogue-courses">
            {t('catalogue.courses')}
          </h2>
          <CourseGrid>
            {courses.map((course) => (
              <li key={course.courseId}>
                <CatalogueCard course={course} />
              </li>
            ))}
          </CourseGrid>
          {found.hasNextPage && (
            <p className="catalogue__more">
              <Button
                look="secondary"
                isPending={found.isFetchingNextPage}
                onPress={() => {
                  void found.fetchNextPage();
                }}
              >
                {t('action.more')}
              </Button>
            </p>
          )}
        </section>
      )}
    </>
  );
}

/** What is typed goes into the address after a short pause, so that a search can be shared and gone back to. */
function useSearchWords(q: string): { readonly words: string; readonly setWords: (words: string) => void } {
  const navigate = useNavigate({ from: '/catalogue' });
  const [typed, setTyped] = useState({ words: q, from: q });
  const words = typed.from === q ? typed.words : q;
  useEffect(() => {
    const wanted = words.trim();
    if (wanted === q) return;
    const timer = setTimeout(() => {
      void navigate({ search: wanted === '' ? {} : { q: wanted }, replace: true });
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [words, q, navigate]);
  return {
    words,
    setWords: (next) => {
      setTyped({ words: next, from: q });
    },
  };
}

function CatalogueCard({ course }: { readonly course: CatalogueCourse }) {
  return (
    <CourseCard
      courseId={course.courseId}
      coverUrl={course.coverUrl}
      title={course.title}
      summary={course.summary}
      link={{ to: '/courses/$courseId', params: { courseId: course.courseId } }}
      badge={enrolmentBadge(course)}
      footer={
        <div className="course-card__facts">
          <CourseFacts
            lessons={course.lessons}
            minutes={course.estimatedMinutes}
            certificate={course.certificate}
          />
        </div>
      }
    />
  );
}

function enrolmentBadge({ enrolment }: CatalogueCourse) {
  if (enrolment === null || enrolment.status === 'withdrawn') return undefined;
  return enrolment.status === 'completed' ? (
    <Badge tone="good">{t('course.completed')}</Badge>
  ) : (
    <Badge tone="accent">{t('course.enrolled')}</Badge>
  );
}

function NothingFound({ words, onClear }: { readonly words: string; readonly onClear: () => void }) {
  if (words === '') {
    return (
      <EmptyState icon={Sparkles} title={t('catalogue.empty.title')}>
        {t('catalogue.empty.text')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t('catalogue.noMatch.title', { words })}
      action={
        <Button look="secondary" onPress={onClear}>
          {t('catalogue.noMatch.action')}
        </Button>
      }
    >
      {t('catalogue.noMatch.text')}
    </EmptyState>
  );
}

function CatalogueSkeleton() {
  return (
    <Loading>
      <div className="course-grid">
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} className="skeleton--card" />
        ))}
      </div>
    </Loading>
  );
}
