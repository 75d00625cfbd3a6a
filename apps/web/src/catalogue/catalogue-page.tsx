import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX, Sparkles } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { CourseGrid } from '../course/course-card.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { Problem } from '../shell/problem-page.js';
import { CatalogueCard } from './catalogue-card.js';
import { type CatalogueFilter, isNarrowed } from './catalogue-filter.js';
import { CatalogueFilters } from './catalogue-filters.js';
import { catalogueQuery } from './catalogue.queries.js';
import './catalogue-page.css';

const TYPING_PAUSE_MS = 250;

export function CataloguePage() {
  const api = useApi();
  const filter = useSearch({ from: '/member/app/catalogue' });
  const navigate = useNavigate({ from: '/catalogue' });
  usePageTitle(t('nav.catalogue'));
  const found = useInfiniteQuery({
    ...catalogueQuery(api, filter),
    // The last results stay until the new ones are here: no jumping while typing.
    placeholderData: (previous) => previous,
  });
  const courses = found.data?.pages.flatMap((page) => page.items) ?? [];
  const narrow = (search: CatalogueFilter): void => {
    void navigate({ search, replace: true });
  };
  const search = useSearchWords(filter, narrow);
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
        <CatalogueFilters filter={filter} onChange={narrow} />
      </search>
      <p className="visually-hidden" role="status">
        {found.isSuccess &&
          !found.isPlaceholderData &&
          isNarrowed(filter) &&
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
          filter={filter}
          onClear={() => {
            narrow({});
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

/** What is typed goes into the address after a short pause. */
function useSearchWords(
  filter: CatalogueFilter,
  narrow: (filter: CatalogueFilter) => void,
): { readonly words: string; readonly setWords: (words: string) => void } {
  const { q = '', ...rest } = filter;
  const [typed, setTyped] = useState({ words: q, from: q });
  const words = typed.from === q ? typed.words : q;
  useEffect(() => {
    const wanted = words.trim();
    if (wanted === q) return undefined;
    const timer = setTimeout(() => {
      narrow(wanted === '' ? rest : { ...rest, q: wanted });
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  });
  return {
    words,
    setWords: (next) => {
      setTyped({ words: next, from: q });
    },
  };
}

interface NothingFoundProps {
  readonly filter: CatalogueFilter;
  readonly onClear: () => void;
}

function NothingFound({ filter, onClear }: NothingFoundProps) {
  if (!isNarrowed(filter)) {
    return (
      <EmptyState icon={Sparkles} title={t('catalogue.empty.title')}>
        {t('catalogue.empty.text')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={
        filter.q === undefined
          ? t('catalogue.noneLikeThis')
          : t('catalogue.noMatch.title', { words: filter.q })
      }
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
