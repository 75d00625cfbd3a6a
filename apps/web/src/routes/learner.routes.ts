import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inAdvance } from '../api/query-client.js';
import { textParam } from '../api/search-param.js';
import { catalogueCourseQuery, catalogueQuery } from '../catalogue/catalogue.queries.js';
import { myCertificatesQuery } from '../certificate/certificate.queries.js';
import { myCoursesQuery } from '../home/home.queries.js';
import { outlineQuery } from '../player/player.queries.js';
import { ProblemPage } from '../shell/problem-page.js';
import { app, member } from './root.routes.js';

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  loader: ({ context: { api, queries } }) => {
    inAdvance(queries.query(myCoursesQuery(api)));
    inAdvance(queries.query(myCertificatesQuery(api)));
  },
  component: lazyRouteComponent(() => import('../home/home-page.js'), 'HomePage'),
});

const catalogue = createRoute({
  getParentRoute: () => app,
  path: '/catalogue',
  validateSearch: (search): { q?: string } => textParam(search, 'q'),
  loaderDeps: ({ search }) => ({ q: search.q ?? '' }),
  loader: ({ context: { api, queries }, deps }) => {
    inAdvance(queries.infiniteQuery(catalogueQuery(api, deps.q)));
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
  component: lazyRouteComponent(() => import('../account/account-page.js'), 'AccountPage'),
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
export const learnerPages = [home, catalogue, course, account] as const;
/** Pages that fill the window. */
export const learnerFullPages = [player.addChildren([resume, finished, lesson])] as const;
