import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inAdvance } from '../api/query-client.js';
import { filterOf } from '../catalogue/catalogue-filter.js';
import { catalogueCourseQuery, catalogueQuery, facetsQuery } from '../catalogue/catalogue.queries.js';
import { myCertificatesQuery } from '../certificate/certificate.queries.js';
import { myCoursesQuery, recommendationsQuery } from '../home/home.queries.js';
import { withWords } from '../language/speech.js';
import { outlineQuery } from '../player/player.queries.js';
import { ProblemPage } from '../shell/problem-page.js';
import { app, member } from './root.routes.js';

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  loader: ({ context: { api, queries } }) => {
    inAdvance(queries.query(myCoursesQuery(api)));
    inAdvance(queries.query(recommendationsQuery(api)));
  },
  component: lazyRouteComponent(() => import('../home/home-page.js'), 'HomePage'),
});

const learning = createRoute({
  getParentRoute: () => app,
  path: '/learning',
  loader: ({ context: { api, queries } }) => {
    inAdvance(queries.query(myCoursesQuery(api)));
    inAdvance(queries.query(myCertificatesQuery(api)));
  },
  component: lazyRouteComponent(() => import('../home/learning-page.js'), 'LearningPage'),
});

const catalogue = createRoute({
  getParentRoute: () => app,
  path: '/catalogue',
  validateSearch: filterOf,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api, queries }, deps }) => {
    inAdvance(queries.infiniteQuery(catalogueQuery(api, deps)));
    inAdvance(queries.query(facetsQuery(api)));
  },
  component: lazyRouteComponent(() => import('../catalogue/catalogue-page.js'), 'CataloguePage'),
});

const course = createRoute({
  getParentRoute: () => app,
  path: '/courses/$courseId',
  loader: ({ context: { api, queries }, params }) => {
    inAdvance(queries.query(catalogueCourseQuery(api, params.courseId)));
  },
  component: lazyRouteComponent(() => import('../course/course-page.js'), 'CoursePage'),
});

const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  component: lazyRouteComponent(
    withWords(['notifications', 'factors'], () => import('../account/account-page.js')),
    'AccountPage',
  ),
});

const accountSecurity = createRoute({
  getParentRoute: () => app,
  path: '/account/security',
  component: lazyRouteComponent(
    withWords(['factors', 'apps'], () => import('../factors/account-security-page.js')),
    'AccountSecurityPage',
  ),
});

const notifications = createRoute({
  getParentRoute: () => app,
  path: '/notifications',
  component: lazyRouteComponent(
    withWords('notifications', () => import('../notifications/notifications-page.js')),
    'NotificationsPage',
  ),
});

const myTeam = createRoute({
  getParentRoute: () => app,
  path: '/my-team',
  component: lazyRouteComponent(
    withWords('rules', () => import('../my-team/my-team-page.js')),
    'MyTeamPage',
  ),
});

const myTeamMember = createRoute({
  getParentRoute: () => app,
  path: '/my-team/$userId',
  component: lazyRouteComponent(
    withWords('rules', () => import('../my-team/my-team-member-page.js')),
    'MyTeamMemberPage',
  ),
});

const player = createRoute({
  getParentRoute: () => member,
  path: '/learn/$enrolmentId',
  loader: ({ context: { api, queries }, params }) => {
    inAdvance(queries.query(outlineQuery(api, params.enrolmentId)));
  },
  component: lazyRouteComponent(() => import('../player/player-layout.js'), 'PlayerLayout'),
  errorComponent: ProblemPage,
});

const resume = createRoute({
  getParentRoute: () => player,
  path: '/',
  component: lazyRouteComponent(() => import('../player/resume-page.js'), 'ResumePage'),
});

const finished = createRoute({
  getParentRoute: () => player,
  path: '/finished',
  component: lazyRouteComponent(() => import('../player/finished-page.js'), 'FinishedPage'),
});

const lesson = createRoute({
  getParentRoute: () => player,
  path: '/$lessonId',
  component: lazyRouteComponent(() => import('../player/lesson-page.js'), 'LessonPage'),
});

/** Inside the frame. */
export const learnerPages = [
  home,
  learning,
  catalogue,
  course,
  account,
  accountSecurity,
  notifications,
  myTeam,
  myTeamMember,
] as const;
/** Pages that fill the window. */
export const learnerFullPages = [player.addChildren([resume, finished, lesson])] as const;
