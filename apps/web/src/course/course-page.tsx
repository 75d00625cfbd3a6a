import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ArrowRight, Award, BookOpen, CircleCheck, Clock, Languages } from 'lucide-react';
import { type ReactNode } from 'react';
import type { CatalogueDetail, enrolMyself } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { catalogueCourseQuery, catalogueKey } from '../catalogue/catalogue.queries.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { Notice } from '../design/notice.js';
import { Loading, Skeleton, SkeletonText } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { myCoursesKey } from '../home/home.queries.js';
import { languageName } from '../language/language-name.js';
import { formatMinutes } from '../language/minutes.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Problem } from '../shell/problem-page.js';
import { CourseContents } from './course-contents.js';
import { CourseCover } from './course-cover.js';
import { CourseNotes } from './course-notes.js';
import './course-page.css';

export function CoursePage() {
  const api = useApi();
  const { courseId } = useParams({ from: '/member/app/courses/$courseId' });
  const course = useQuery(catalogueCourseQuery(api, courseId));
  usePageTitle(course.data?.title);
  if (course.isPending) return <CourseSkeleton />;
  if (course.isError) {
    return (
      <Problem
        error={course.error}
        onRetry={() => {
          void course.refetch();
        }}
      />
    );
  }
  return <Course course={course.data} />;
}

function Course({ course }: { readonly course: CatalogueDetail }) {
  return (
    <article className="course">
      <header className="course__hero">
        <div className="course__intro">
          {course.tags.length > 0 && (
            <ul className="course__tags" aria-label={t('course.tags')}>
              {course.tags.map((tag) => (
                <li key={tag}>
                  <Badge>{tag}</Badge>
                </li>
              ))}
            </ul>
          )}
          <h1 className="course__title" tabIndex={-1}>
            {course.title}
          </h1>
          <p className="course__summary">{course.summary}</p>
          <Entry course={course} />
        </div>
        <div className="course__cover">
          <CourseCover courseId={course.courseId} coverUrl={course.coverUrl} columns={5} rows={4} />
        </div>
      </header>
      <div className="course__body">
        <section aria-labelledby="contents">
          <h2 id="contents" className="course__heading">
            {t('course.contents')}
          </h2>
          <CourseContents modules={course.modules} />
          {course.enrolment !== null && course.enrolment.status !== 'withdrawn' && (
            <CourseNotes enrolmentId={course.enrolment.enrolmentId} />
          )}
        </section>
        <aside className="course__aside" aria-labelledby="about">
          <h2 id="about" className="course__heading">
            {t('course.about')}
          </h2>
          <dl className="course__facts">
            <Fact icon={<BookOpen aria-hidden />} name={t('course.lessonsName')}>
              {course.lessons}
            </Fact>
            {course.estimatedMinutes > 0 && (
              <Fact icon={<Clock aria-hidden />} name={t('course.duration')}>
                {formatMinutes(course.estimatedMinutes)}
              </Fact>
            )}
            <Fact icon={<Languages aria-hidden />} name={t('course.language')}>
              {languageName(course.language)}
            </Fact>
            <Fact icon={<Award aria-hidden />} name={t('course.certificate')}>
              {course.certificate ? t('course.certificateYes') : t('course.certificateNo')}
            </Fact>
          </dl>
        </aside>
      </div>
    </article>
  );
}

interface FactProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly children: ReactNode;
}

function Fact({ icon, name, children }: FactProps) {
  return (
    <div className="course__fact">
      <dt>
        {icon}
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Enrol, go on, or look again. */
function Entry({ course }: { readonly course: CatalogueDetail }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const enrol = useMutation({
    mutationFn: async () => {
      const { data } = await api.send<typeof enrolMyself>('POST', '/api/v1/courses/:courseId/enrolments', {
        params: { courseId: course.courseId },
      });
      return data;
    },
    onSuccess: async ({ enrolmentId }) => {
      toasts.show(t('course.enrolledToast', { title: course.title }));
      void queries.invalidateQueries({ queryKey: myCoursesKey });
      void queries.invalidateQueries({ queryKey: catalogueKey });
      await navigate({ to: '/learn/$enrolmentId', params: { enrolmentId } });
    },
    onError: (error) => {
      // Enrolled in another tab: the page only has to hear of it.
      if (isProblem(error, 'enrolment.already_enrolled')) {
        void queries.invalidateQueries({ queryKey: catalogueKey });
      }
    },
  });
  const { enrolment } = course;
  if (enrolment !== null && enrolment.status !== 'withdrawn') {
    const done = enrolment.status === 'completed';
    return (
      <div className="course__entry">
        <ButtonLink
          to="/learn/$enrolmentId"
          params={{ enrolmentId: enrolment.enrolmentId }}
          size="l"
          iconAfter={<ArrowRight aria-hidden />}
        >
          {entryLabel(enrolment.status)}
        </ButtonLink>
        {done && (
          <Badge tone="good" icon={<CircleCheck aria-hidden />}>
            {t('course.completed')}
          </Badge>
        )}
      </div>
    );
  }
  if (!may(user, 'enrolments.self')) {
    return <Notice tone="info">{t('course.mayNotEnrol')}</Notice>;
  }
  return (
    <div className="course__entry">
      <Button
        size="l"
        isPending={enrol.isPending}
        onPress={() => {
          enrol.mutate();
        }}
      >
        {t('course.enrol')}
      </Button>
      {enrol.isError && !isProblem(enrol.error, 'enrolment.already_enrolled') && (
        <Notice tone="bad" live>
          {isProblem(enrol.error) && enrol.error.status < 500
            ? enrol.error.detail
            : t('problem.unknown.text')}
        </Notice>
      )}
    </div>
  );
}

function entryLabel(status: 'not_started' | 'in_progress' | 'completed'): string {
  switch (status) {
    case 'not_started':
      return t('course.begin');
    case 'in_progress':
      return t('course.goOn');
    case 'completed':
      return t('course.lookAgain');
  }
}

function CourseSkeleton() {
  return (
    <Loading>
      <div className="course__hero">
        <div className="course__intro">
          <Skeleton className="skeleton--title" />
          <SkeletonText lines={3} />
        </div>
        <Skeleton className="course__cover" />
      </div>
    </Loading>
  );
}
