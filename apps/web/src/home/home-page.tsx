import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, Compass, PartyPopper } from 'lucide-react';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { CatalogueCard } from '../catalogue/catalogue-card.js';
import { CourseGrid } from '../course/course-card.js';
import { ButtonLink } from '../design/button-link.js';
import { EmptyState } from '../design/empty-state.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { firstNameOf, may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { ContinueCard } from './continue-card.js';
import { myCoursesQuery, recommendationsQuery } from './home.queries.js';
import { CoursePart, Part } from './course-part.js';
import { agendaOf, dueState, type MyLearning, myLearning, partOfDay } from './my-learning.js';
import './home-page.css';

export function HomePage() {
  const api = useApi();
  const user = useUser();
  const courses = useQuery({ ...myCoursesQuery(api), select: myLearning });
  usePageTitle(t('nav.home'));
  return (
    <>
      <PageHeading title={greeting(firstNameOf(user))}>
        {courses.isSuccess ? leadOf(courses.data) : t('home.lead')}
      </PageHeading>
      <Answer of={courses} skeleton={<HomeSkeleton />}>
        {(learning) => <Learning learning={learning} mayBrowse={may(user, 'courses.read')} />}
      </Answer>
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

function leadOf({ current, completed }: MyLearning): string {
  if (current.length === 0) return completed.length === 0 ? t('home.lead') : t('home.leadDone');
  const now = new Date();
  const overdue = current.filter(({ dueAt }) => dueAt !== null && dueState(dueAt, now) === 'overdue');
  return overdue.length === 0
    ? t('home.leadCurrent', { count: current.length })
    : t('home.leadOverdue', { count: overdue.length });
}

function Learning({ learning, mayBrowse }: { readonly learning: MyLearning; readonly mayBrowse: boolean }) {
  const { next, completed } = learning;
  const { dueSoon, assigned, others } = agendaOf(learning, new Date());
  return (
    <>
      {next !== null && <ContinueCard course={next} />}
      {next === null && (completed.length === 0 ? <NothingYet /> : <AllDone />)}
      <CoursePart title={t('home.dueSoon')} courses={dueSoon} />
      <CoursePart title={t('home.assigned')} courses={assigned} />
      <CoursePart title={t('home.current')} courses={others} />
      {mayBrowse && <Recommended />}
    </>
  );
}

/** Below what one has to do; comes when it comes, and leaves no gap where there is nothing. */
function Recommended() {
  const recommended = useQuery(recommendationsQuery(useApi()));
  if (recommended.isError || recommended.data?.length === 0) return null;
  return (
    <Part
      title={t('home.recommended')}
      aside={
        <Link to="/catalogue" className="home__more">
          {t('home.empty.action')} <ArrowRight aria-hidden />
        </Link>
      }
    >
      <CourseGrid>
        {recommended.data === undefined
          ? [1, 2, 3].map((index) => (
              <li key={index}>
                <Skeleton className="skeleton--card" />
              </li>
            ))
          : recommended.data.map((course) => (
              <li key={course.courseId}>
                <CatalogueCard course={course} />
              </li>
            ))}
      </CourseGrid>
    </Part>
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
      action={<ButtonLink to="/learning">{t('home.allDone.history')}</ButtonLink>}
    >
      {t('home.allDone.text')}
    </EmptyState>
  );
}

function HomeSkeleton() {
  return (
    <>
      <Skeleton className="skeleton--continue" />
      <div className="course-grid">
        <Skeleton className="skeleton--card" />
        <Skeleton className="skeleton--card" />
        <Skeleton className="skeleton--card" />
      </div>
    </>
  );
}
