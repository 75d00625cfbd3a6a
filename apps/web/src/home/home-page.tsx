import { useQuery } from '@tanstack/react-query';
import { Compass, PartyPopper } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { MyCertificate, MyCourse } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { CertificateList } from '../certificate/certificate-list.js';
import { myCertificatesQuery } from '../certificate/certificate.queries.js';
import { CourseGrid } from '../course/course-card.js';
import { ButtonLink } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { PageHeading } from '../design/page-heading.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { firstNameOf } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Problem } from '../shell/problem-page.js';
import { ContinueCard } from './continue-card.js';
import { myCoursesQuery } from './home.queries.js';
import { MyCourseCard } from './my-course-card.js';
import { dueState, myLearning, partOfDay } from './my-learning.js';
import './home-page.css';

export function HomePage() {
  const api = useApi();
  const user = useUser();
  const courses = useQuery(myCoursesQuery(api));
  const certificates = useQuery(myCertificatesQuery(api));
  usePageTitle(t('nav.learning'));
  return (
    <>
      <PageHeading title={greeting(firstNameOf(user))}>
        {courses.isSuccess ? leadOf(courses.data) : t('home.lead')}
      </PageHeading>
      {courses.isPending && <HomeSkeleton />}
      {courses.isError && (
        <Problem
          level={2}
          error={courses.error}
          onRetry={() => {
            void courses.refetch();
          }}
        />
      )}
      {courses.isSuccess && <Learning courses={courses.data} certificates={certificates.data ?? []} />}
    </>
  );
}

function greeting(name: string): string {
  switch (partOfDay(new Date())) {
    case 'morning':
      return t('home.morning', { name });
    case 'afternoon':
      return t('home.afternoon', { name });
    case 'evening':
      return t('home.evening', { name });
  }
}

function leadOf(courses: readonly MyCourse[]): string {
  const { current, completed } = myLearning(courses);
  if (current.length === 0) return completed.length === 0 ? t('home.lead') : t('home.leadDone');
  const now = new Date();
  const overdue = current.filter(({ dueAt }) => dueAt !== null && dueState(dueAt, now) === 'overdue');
  return overdue.length === 0
    ? t('home.leadCurrent', { count: current.length })
    : t('home.leadOverdue', { count: overdue.length });
}

interface LearningProps {
  readonly courses: readonly MyCourse[];
  readonly certificates: readonly MyCertificate[];
}

function Learning({ courses, certificates }: LearningProps) {
  const { next, current, completed } = myLearning(courses);
  if (next === null && completed.length === 0) return <NothingYet />;
  const others = current.filter((course) => course !== next);
  return (
    <>
      {next === null ? <AllDone /> : <ContinueCard course={next} />}
      {others.length > 0 && (
        <Part title={t('home.current')}>
          <Courses courses={others} />
        </Part>
      )}
      {certificates.length > 0 && (
        <Part title={t('home.certificates')}>
          <CertificateList certificates={certificates} />
        </Part>
      )}
      {completed.length > 0 && (
        <Part title={t('home.completed')}>
          <Courses courses={completed} />
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="home__part" aria-labelledby={id}>
      <h2 className="home__title" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Courses({ courses }: { readonly courses: readonly MyCourse[] }) {
  return (
    <CourseGrid>
      {courses.map((course) => (
        <li key={course.enrolmentId}>
          <MyCourseCard course={course} />
        </li>
      ))}
    </CourseGrid>
  );
}

function NothingYet() {
  return (
    <EmptyState
      icon={Compass}
      title={t('home.empty.title')}
      action={<ButtonLink to="/catalogue">{t('home.empty.action')}</ButtonLink>}
    >
      {t('home.empty.text')}
    </EmptyState>
  );
}

function AllDone() {
  return (
    <EmptyState
      icon={PartyPopper}
      title={t('home.allDone.title')}
      action={<ButtonLink to="/catalogue">{t('home.empty.action')}</ButtonLink>}
    >
      {t('home.allDone.text')}
    </EmptyState>
  );
}

function HomeSkeleton() {
  return (
    <Loading>
      <Skeleton className="skeleton--continue" />
      <div className="course-grid">
        <Skeleton className="skeleton--card" />
        <Skeleton className="skeleton--card" />
        <Skeleton className="skeleton--card" />
      </div>
    </Loading>
  );
}
