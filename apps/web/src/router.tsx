import { type QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { type ApiClient } from './api/api-client.js';
import { inAdvance } from './api/query-client.js';
import { textParam } from './api/search-param.js';
import { authoredCoursesQuery } from './authoring/authoring.queries.js';
import { operatorQuery } from './control/control.queries.js';
import { catalogueCourseQuery, catalogueQuery } from './catalogue/catalogue.queries.js';
import { myCertificatesQuery } from './certificate/certificate.queries.js';
import { myCoursesQuery } from './home/home.queries.js';
import { outlineQuery } from './player/player.queries.js';
import { safeNext } from './session/safe-next.js';
import { sessionQuery } from './session/session.queries.js';
import { NotFoundPage, ProblemPage } from './shell/problem-page.js';

interface RouterContext {
  readonly api: ApiClient;
  readonly queries: QueryClient;
  /** An academy's host, or the operators'. */
  readonly mode: 'academy' | 'operator';
}

const root = createRootRouteWithContext<RouterContext>()({
  beforeLoad: ({ context, location }) => {
    const isControl = location.pathname === '/control' || location.pathname.startsWith('/control/');
    if (context.mode === 'operator' && !isControl) redirect({ to: '/control', throw: true });
    if (context.mode === 'academy' && isControl) notFound({ throw: true });
  },
  component: Outlet,
  errorComponent: ProblemPage,
  notFoundComponent: NotFoundPage,
});

/** In front of the sign-in; who is signed in has no business here. */
const front = createRoute({
  getParentRoute: () => root,
  id: 'front',
  validateSearch: (search): { next?: string } => textParam(search, 'next'),
  beforeLoad: async ({ context, search }) => {
    const user = await context.queries.query({ ...sessionQuery(context.api), staleTime: 'static' });
    if (user !== null) redirect({ href: safeNext(search.next), throw: true });
  },
  component: Outlet,
});

const signIn = createRoute({
  getParentRoute: () => front,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./session/sign-in-page.js'), 'SignInPage'),
});

const register = createRoute({
  getParentRoute: () => front,
  path: '/register',
  component: lazyRouteComponent(() => import('./session/register-page.js'), 'RegisterPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./session/forgot-password-page.js'), 'ForgotPasswordPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./session/reset-password-page.js'), 'ResetPasswordPage'),
});

const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: '/accept-invitation',
  component: lazyRouteComponent(() => import('./session/accept-invitation-page.js'), 'AcceptInvitationPage'),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('./session/verify-email-page.js'), 'VerifyEmailPage'),
});

const certificate = createRoute({
  getParentRoute: () => root,
  path: '/certificates/$certificateId',
  component: lazyRouteComponent(() => import('./certificate/certificate-page.js'), 'CertificatePage'),
});

/** Behind the sign-in. */
const member = createRoute({
  getParentRoute: () => root,
  id: 'member',
  beforeLoad: async ({ context, location }) => {
    const user = await context.queries.query({ ...sessionQuery(context.api), staleTime: 'static' });
    if (user === null) {
      redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href }, throw: true });
    }
  },
  component: Outlet,
});

const app = createRoute({
  getParentRoute: () => member,
  id: 'app',
  component: lazyRouteComponent(() => import('./shell/app-shell.js'), 'AppShell'),
  errorComponent: ProblemPage,
});

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  loader: ({ context: { api, queries } }) => {
    inAdvance(queries.query(myCoursesQuery(api)));
    inAdvance(queries.query(myCertificatesQuery(api)));
  },
  component: lazyRouteComponent(() => import('./home/home-page.js'), 'HomePage'),
});

const catalogue = createRoute({
  getParentRoute: () => app,
  path: '/catalogue',
  validateSearch: (search): { q?: string } => textParam(search, 'q'),
  loaderDeps: ({ search }) => ({ q: search.q ?? '' }),
  loader: ({ context: { api, queries }, deps }) => {
    inAdvance(queries.infiniteQuery(catalogueQuery(api, deps.q)));
  },
  component: lazyRouteComponent(() => import('./catalogue/catalogue-page.js'), 'CataloguePage'),
});

const course = createRoute({
  getParentRoute: () => app,
  path: '/courses/$courseId',
  loader: ({ context: { api, queries }, params }) => {
    inAdvance(queries.query(catalogueCourseQuery(api, params.courseId)));
  },
  component: lazyRouteComponent(() => import('./course/course-page.js'), 'CoursePage'),
});

const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-page.js'), 'AccountPage'),
});

const people = createRoute({
  getParentRoute: () => app,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page.js'), 'PeoplePage'),
});

const author = createRoute({
  getParentRoute: () => app,
  path: '/author',
  loader: ({ context: { api, queries } }) => {
    inAdvance(queries.infiniteQuery(authoredCoursesQuery(api, 'all')));
  },
  component: lazyRouteComponent(() => import('./authoring/author-courses-page.js'), 'AuthorCoursesPage'),
});

const editor = createRoute({
  getParentRoute: () => app,
  path: '/author/$courseId',
  validateSearch: (search): { lesson?: string } => textParam(search, 'lesson'),
  component: lazyRouteComponent(() => import('./authoring/editor-page.js'), 'EditorPage'),
});

const preview = createRoute({
  getParentRoute: () => member,
  path: '/author/$courseId/preview',
  validateSearch: (search): { lesson?: string } => textParam(search, 'lesson'),
  component: lazyRouteComponent(() => import('./authoring/preview-page.js'), 'PreviewPage'),
});

const player = createRoute({
  getParentRoute: () => member,
  path: '/learn/$enrolmentId',
  loader: ({ context: { api, queries }, params }) => {
    inAdvance(queries.query(outlineQuery(api, params.enrolmentId)));
  },
  component: lazyRouteComponent(() => import('./player/player-layout.js'), 'PlayerLayout'),
  errorComponent: ProblemPage,
});

const resume = createRoute({
  getParentRoute: () => player,
  path: '/',
  component: lazyRouteComponent(() => import('./player/resume-page.js'), 'ResumePage'),
});

const finished = createRoute({
  getParentRoute: () => player,
  path: '/finished',
  component: lazyRouteComponent(() => import('./player/finished-page.js'), 'FinishedPage'),
});

const lesson = createRoute({
  getParentRoute: () => player,
  path: '/$lessonId',
  component: lazyRouteComponent(() => import('./player/lesson-page.js'), 'LessonPage'),
});

/** The operators' control centre, on their own host. */
const controlSignIn = createRoute({
  getParentRoute: () => root,
  path: '/control/sign-in',
  component: lazyRouteComponent(() => import('./control/control-sign-in-page.js'), 'ControlSignInPage'),
});

const control = createRoute({
  getParentRoute: () => root,
  path: '/control',
  beforeLoad: async ({ context }) => {
    const operator = await context.queries.query({ ...operatorQuery(context.api), staleTime: 'static' });
    if (operator === null) redirect({ to: '/control/sign-in', throw: true });
  },
  component: lazyRouteComponent(() => import('./control/control-shell.js'), 'ControlShell'),
  errorComponent: ProblemPage,
});

const tenants = createRoute({
  getParentRoute: () => control,
  path: '/',
  component: lazyRouteComponent(() => import('./control/tenants-page.js'), 'TenantsPage'),
});

const shards = createRoute({
  getParentRoute: () => control,
  path: '/shards',
  component: lazyRouteComponent(() => import('./control/shards-page.js'), 'ShardsPage'),
});

const routeTree = root.addChildren([
  front.addChildren([signIn, register]),
  forgotPassword,
  resetPassword,
  acceptInvitation,
  verifyEmail,
  certificate,
  controlSignIn,
  control.addChildren([tenants, shards]),
  member.addChildren([
    app.addChildren([home, catalogue, course, account, people, author, editor]),
    preview,
    player.addChildren([resume, finished, lesson]),
  ]),
]);

export function newRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    // React Query decides what is fresh.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingMs: 200,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
