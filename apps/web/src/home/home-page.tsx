import { useQuery } from '@tanstack/react-query';
import { BookOpen, Compass } from 'lucide-react';
import { type ReactNode, useState } from 'react';
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
import { Tabs } from '../design/tabs.js';
import { t } from '../language/t.js';
import { firstNameOf } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Problem } from '../shell/problem-page.js';
import { ContinueCard } from './continue-card.js';
import { myCoursesQuery } from './home.queries.js';
import { MyCourseCard } from './my-course-card.js';
import { myLearning, partOfDay } from './my-learning.js';
import './home-page.css';

export function HomePage() {
  const api = useApi();
  const user = useUser();
  const courses = useQuery(myCoursesQuery(api));
  const certificates = useQuery(myCertificatesQuery(api));
  usePageTitle(t('nav.learning'));
  return (
    <>
      <PageHeading title={greeting(firstNameOf(user))}>{t('home.lead')}</PageHeading>
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

interface LearningProps {
  readonly courses: readonly MyCourse[];
  readonly certificates: readonly MyCertificate[];
}

type TabId = 'current' | 'completed' | 'certificates';

function Learning({ courses, certificates }: LearningProps) {
  const [tab, setTab] = useState<TabId>('current');
  const { next, current, completed } = myLearning(courses);
  if (next === null && completed.length === 0) return <NothingYet />;
  return (
    <>
      {next !== null && <ContinueCard course={next} />}
      <section className="home__courses" aria-labelledby="my-courses">
        <h2 className="visually-hidden" id="my-courses">
          {t('home.courses')}
        </h2>
        <Tabs<TabId>
          label={t('home.courses')}
          selected={tab}
          onSelect={setTab}
          tabs={[
            {
              id: 'current',
              title: t('home.current'),
              count: current.length,
              panel: <CourseList courses={current} empty={<AllDone />} />,
            },
            {
              id: 'completed',
              title: t('home.completed'),
              count: completed.length,
              panel: (
                <CourseList
                  courses={completed}
                  empty={<EmptyState icon={BookOpen} title={t('home.noneCompleted')} />}
                />
              ),
            },
            {
              id: 'certificates',
              title: t('home.certificates'),
              count: certificates.length,
              panel: <CertificateList certificates={certificates} />,
            },
          ]}
        />
      </section>
    </>
  );
}

function CourseList({
  courses,
  empty,
}: {
  readonly courses: readonly MyCourse[];
  readonly empty: ReactNode;
}) {
  if (courses.length === 0) return empty;
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
      icon={Compass}
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
