import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { EllipsisVertical, FilePlus2, PenLine, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { CourseOrder, deleteCourse, ListedCourse, restoreCourse } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { CourseCover } from '../course/course-cover.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField, SelectField } from '../design/field.js';
import { Menu, MenuItem } from '../design/menu.js';
import { MoreButton } from '../design/more-button.js';
import { PageHeading } from '../design/page-heading.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { useSettled } from '../design/use-settled.js';
import { formatAgo, formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden, Problem } from '../shell/problem-page.js';
import { authoredCoursesQuery, authoringKey, type ListFilter } from './authoring.queries.js';
import { CourseStateBadge } from './course-state-badge.js';
import { NewCourseDialog } from './new-course-dialog.js';
import '../design/table.css';
import './author-courses.css';

export function AuthorCoursesPage() {
  const user = useUser();
  usePageTitle(t('nav.authoring'));
  return may(user, 'courses.author') ? <AuthorCourses /> : <Forbidden />;
}

function AuthorCourses() {
  const api = useApi();
  const [words, setWords] = useState('');
  const [filter, setFilter] = useState<ListFilter>('all');
  const [order, setOrder] = useState<CourseOrder>('updated');
  const [creating, setCreating] = useState(false);
  const settled = useSettled(words.trim(), 250);
  const found = useInfiniteQuery({
    ...authoredCoursesQuery(api, { filter, order, words: settled }),
    placeholderData: (previous) => previous,
  });
  const courses = found.data?.pages.flatMap((page) => page.items) ?? [];
  const create = (
    <Button
      icon={<FilePlus2 aria-hidden />}
      onPress={() => {
        setCreating(true);
      }}
    >
      {t('authoring.new')}
    </Button>
  );
  const unfiltered = filter === 'all' && settled === '';
  return (
    <>
      <PageHeading title={t('nav.authoring')} actions={create}>
        {t('authoring.lead')}
      </PageHeading>
      <search className="filters">
        <SearchField
          label={t('authoring.search')}
          placeholder={t('authoring.searchHint')}
          value={words}
          onChange={setWords}
        />
        <SelectField
          label={t('authoring.state')}
          hideLabel
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: t('authoring.all') },
            { value: 'draft', label: t('authoring.draft') },
            { value: 'published', label: t('authoring.published') },
            { value: 'changed', label: t('authoring.unpublished') },
            { value: 'deleted', label: t('authoring.deleted') },
          ]}
        />
        <SelectField
          label={t('authoring.order')}
          hideLabel
          value={order}
          onChange={setOrder}
          options={[
            { value: 'updated', label: t('authoring.byChange') },
            { value: 'title', label: t('authoring.byTitle') },
          ]}
        />
      </search>
      {found.isPending && (
        <Loading>
          <Skeleton className="skeleton--list" />
        </Loading>
      )}
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
        <EmptyState
          icon={PenLine}
          title={unfiltered ? t('authoring.empty.title') : t('authoring.noMatch')}
          action={unfiltered && create}
        >
          {unfiltered ? t('authoring.empty.text') : undefined}
        </EmptyState>
      )}
      {courses.length > 0 && (
        <ul className="author-courses" aria-label={t('authoring.courses')}>
          {courses.map((course) => (
            <CourseRow key={course.id} course={course} />
          ))}
        </ul>
      )}
      <MoreButton of={found} />
      {creating && (
        <NewCourseDialog
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </>
  );
}

function CourseRow({ course }: { readonly course: ListedCourse }) {
  const isDeleted = course.status === 'deleted';
  return (
    <li className="author-course">
      <div className="author-course__cover">
        <CourseCover courseId={course.id} coverUrl={null} columns={3} rows={2} />
      </div>
      <div className="author-course__text">
        <h2 className="author-course__title">
          {isDeleted ? (
            course.title
          ) : (
            <Link to="/author/$courseId" params={{ courseId: course.id }} className="author-course__link">
              {course.title}
            </Link>
          )}
        </h2>
        <p className="author-course__meta">
          <time dateTime={course.updatedAt} title={formatMoment(course.updatedAt)}>
            {course.updatedByName === null
              ? t('authoring.changed', { when: formatAgo(course.updatedAt) })
              : t('authoring.changedBy', { when: formatAgo(course.updatedAt), name: course.updatedByName })}
          </time>
          {course.publishedVersion !== null &&
            ` · ${t('authoring.version', { number: course.publishedVersion })}`}
          {` · ${t('history.lessons', { count: course.lessons })}`}
          {course.learners > 0 && ` · ${t('authoring.learners', { count: course.learners })}`}
        </p>
      </div>
      <div className="author-course__state">
        <CourseStateBadge course={course} />
      </div>
      <CourseMenu course={course} />
    </li>
  );
}

function CourseMenu({ course }: { readonly course: ListedCourse }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const params = { courseId: course.id };
  const settled = {
    onError: () => {
      toasts.show(t('problem.unknown.title'), 'bad');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: authoringKey }),
  };
  const remove = useMutation({
    mutationFn: () => api.send<typeof deleteCourse>('DELETE', '/api/v1/courses/:courseId', { params }),
    onSuccess: () => {
      toasts.show(t('authoring.deletedToast', { title: course.title }), 'good', {
        label: t('action.undo'),
        run: () => {
          restore.mutate();
        },
      });
    },
    ...settled,
  });
  const restore = useMutation({
    mutationFn: () => api.send<typeof restoreCourse>('POST', '/api/v1/courses/:courseId/restore', { params }),
    onSuccess: () => {
      toasts.show(t('authoring.restoredToast', { title: course.title }));
    },
    ...settled,
  });
  const mayDelete = may(user, 'courses.delete');
  if (course.status === 'deleted' && !mayDelete) return null;
  return (
    <Menu
      label={t('authoring.actions')}
      trigger={
        <AriaButton
          className="icon-button icon-button--quiet"
          aria-label={t('authoring.actionsOf', { title: course.title })}
        >
          <EllipsisVertical aria-hidden />
        </AriaButton>
      }
    >
      {course.status === 'deleted' ? (
        <MenuItem
          icon={<RotateCcw aria-hidden />}
          onAction={() => {
            restore.mutate();
          }}
        >
          {t('authoring.restore')}
        </MenuItem>
      ) : (
        <>
          <MenuItem
            icon={<PenLine aria-hidden />}
            onAction={() => void navigate({ to: '/author/$courseId', params })}
          >
            {t('authoring.edit')}
          </MenuItem>
          {mayDelete && (
            <MenuItem
              icon={<Trash2 aria-hidden />}
              tone="danger"
              onAction={() => {
                remove.mutate();
              }}
            >
              {t('authoring.delete')}
            </MenuItem>
          )}
        </>
      )}
    </Menu>
  );
}
