import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { GitCompareArrows, History, RotateCcw } from 'lucide-react';
import type { CourseHistoryEntry, getDraft, saveDraft } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { SelectField } from '../design/field.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden, Problem } from '../shell/problem-page.js';
import { authoringKey, comparisonQuery, historyQuery, publishedContentQuery } from './authoring.queries.js';
import { Comparison } from './comparison.js';
import { CourseFrame } from './course-frame.js';
import './history.css';

const page = '/member/app/author/$courseId/history';

export function HistoryPage() {
  const user = useUser();
  return may(user, 'courses.author') ? <Versions /> : <Forbidden />;
}

function Versions() {
  const api = useApi();
  const { courseId } = useParams({ from: page });
  const history = useInfiniteQuery(historyQuery(api, courseId));
  const versions = history.data?.pages.flatMap(({ items }) => items) ?? [];
  usePageTitle(t('history.title'));
  return (
    <CourseFrame courseId={courseId} title={t('history.title')} lead={t('history.lead')}>
      {history.isPending && (
        <Loading>
          <Skeleton className="skeleton--list" />
        </Loading>
      )}
      {history.isError && (
        <Problem
          level={2}
          error={history.error}
          onRetry={() => {
            void history.refetch();
          }}
        />
      )}
      {history.isSuccess && versions.length === 0 && (
        <EmptyState icon={History} title={t('history.none')}>
          {t('history.noneText')}
        </EmptyState>
      )}
      {versions.length > 0 && (
        <div className="history">
          <VersionList courseId={courseId} versions={versions} />
          {history.hasNextPage && (
            <Button
              look="secondary"
              isPending={history.isFetchingNextPage}
              onPress={() => void history.fetchNextPage()}
            >
              {t('action.more')}
            </Button>
          )}
          <Difference courseId={courseId} versions={versions} />
        </div>
      )}
    </CourseFrame>
  );
}

interface VersionsProps {
  readonly courseId: string;
  readonly versions: readonly CourseHistoryEntry[];
}

function VersionList({ courseId, versions }: VersionsProps) {
  const navigate = useNavigate();
  return (
    <ol className="history__versions" aria-label={t('history.versions')} reversed>
      {versions.map((version, index) => (
        <li key={version.number} className="history__version">
          <div className="history__what">
            <p className="history__number">
              {t('history.version', { number: version.number })}
              {index === 0 && <Badge tone="good">{t('history.current')}</Badge>}
            </p>
            <p className="history__meta">
              <time dateTime={version.publishedAt}>{formatMoment(version.publishedAt)}</time>
              {version.publisher !== null && ` · ${version.publisher}`}
              {` · ${t('history.lessons', { count: version.lessons })}`}
              {version.learners > 0 && ` · ${t('history.learners', { count: version.learners })}`}
            </p>
          </div>
          <div className="history__actions">
            <Button
              look="quiet"
              size="s"
              icon={<GitCompareArrows aria-hidden />}
              aria-label={t('history.compareOf', { number: version.number })}
              onPress={() => {
                void navigate({
                  to: '/author/$courseId/history',
                  params: { courseId },
                  search: { from: version.number },
                });
              }}
            >
              {t('history.compare')}
            </Button>
            <BringBack courseId={courseId} version={version.number} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Makes the draft say what a version says; the draft's words of now are in no version, so the server still asks for its revision. */
function BringBack({ courseId, version }: { readonly courseId: string; readonly version: number }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const params = { courseId };
  const draftPath = '/api/v1/courses/:courseId/draft';
  const put = async (content: unknown, etag: string | null) =>
    api.send<typeof saveDraft>('PUT', draftPath, {
      params,
      body: { content } as never,
      ifMatch: etag ?? '"0"',
    });
  const bringBack = useMutation({
    mutationFn: async () => {
      const before = await api.send<typeof getDraft>('GET', draftPath, { params });
      const { content } = await queries.query(publishedContentQuery(api, courseId, version));
      const after = await put(content, before.etag);
      return { before: before.data.content, etag: after.etag };
    },
    onSuccess: ({ before, etag }) => {
      toasts.show(t('history.broughtBack', { number: version }), 'good', {
        label: t('action.undo'),
        run: () => {
          void put(before, etag)
            .catch(() => {
              toasts.show(t('problem.unknown.title'), 'bad');
            })
            .finally(() => queries.invalidateQueries({ queryKey: authoringKey }));
        },
      });
    },
    onError: () => {
      toasts.show(t('problem.unknown.title'), 'bad');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: authoringKey }),
  });
  return (
    <Button
      look="quiet"
      size="s"
      icon={<RotateCcw aria-hidden />}
      isPending={bringBack.isPending}
      aria-label={t('history.bringBackOf', { number: version })}
      onPress={() => {
        bringBack.mutate();
      }}
    >
      {t('history.bringBack')}
    </Button>
  );
}

function Difference({ courseId, versions }: VersionsProps) {
  const api = useApi();
  const navigate = useNavigate();
  const search = useSearch({ from: page });
  const from = search.from ?? versions[0]?.number ?? 1;
  const to = search.to ?? null;
  const comparison = useQuery(comparisonQuery(api, courseId, from, to));
  const choose = (next: { from?: number; to?: number | null }): void => {
    const chosen = { from, to, ...next };
    void navigate({
      to: '/author/$courseId/history',
      params: { courseId },
      search: { from: chosen.from, ...(chosen.to === null ? {} : { to: chosen.to }) },
      replace: true,
    });
  };
  const options = versions.map(({ number }) => ({
    value: String(number),
    label: t('history.version', { number }),
  }));
  return (
    <section className="history__difference" aria-labelledby="difference">
      <h2 id="difference" className="history__heading">
        {t('history.difference')}
      </h2>
      <div className="history__sides">
        <SelectField
          label={t('history.from')}
          value={String(from)}
          options={options}
          onChange={(value) => {
            choose({ from: Number(value) });
          }}
        />
        <SelectField
          label={t('history.to')}
          value={to === null ? 'draft' : String(to)}
          options={[{ value: 'draft', label: t('history.draft') }, ...options]}
          onChange={(value) => {
            choose({ to: value === 'draft' ? null : Number(value) });
          }}
        />
      </div>
      {comparison.isPending && (
        <Loading>
          <Skeleton className="skeleton--list" />
        </Loading>
      )}
      {comparison.isError && <FormProblem error={comparison.error} />}
      {comparison.isSuccess && <Comparison comparison={comparison.data} />}
    </section>
  );
}
