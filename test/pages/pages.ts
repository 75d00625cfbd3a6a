import type { Person } from './person.js';
import type { World } from './world.js';

/** A page of the web app, and how to have something worth seeing on it. */
export interface PageEntry {
  /** As the router has it. */
  readonly route: string;
  /** For the picture's file and the test's title, where a route has more than one page. */
  readonly name?: string;
  readonly as: Person;
  /** The address; the route itself where that has no places. */
  readonly at?: (world: World) => string;
  /** Ends up elsewhere: nothing to look at here. */
  readonly leadsOn?: true;
}

export const pages: readonly PageEntry[] = [
  { route: '/sign-in', as: 'nobody' },
  { route: '/sign-in/confirm', as: 'nobody', at: () => '/sign-in/confirm#none' },
  {
    route: '/sign-in/directory/$connectionId',
    as: 'nobody',
    at: (w) => `/sign-in/directory/${w.connectionId}#flow=none`,
  },
  { route: '/connection-setup', as: 'nobody', at: () => '/connection-setup#token=none' },
  { route: '/register', as: 'nobody' },
  { route: '/forgot-password', as: 'nobody' },
  { route: '/reset-password', as: 'nobody', at: () => '/reset-password#token=none' },
  { route: '/accept-invitation', as: 'nobody', at: () => '/accept-invitation#token=none' },
  { route: '/verify-email', as: 'nobody', at: () => '/verify-email#token=none' },
  { route: '/certificates/$certificateId', as: 'nobody', at: (w) => `/certificates/${w.certificateId}` },
  {
    route: '/certificates/$certificateId',
    name: 'certificate-unknown',
    as: 'nobody',
    at: () => '/certificates/0192f0c1-2f5e-7abc-8def-0123456789ab',
  },

  { route: '/', as: 'learner', name: 'home' },
  { route: '/', as: 'owner', name: 'home-of-somebody-new' },
  { route: '/catalogue', as: 'learner' },
  { route: '/catalogue', name: 'catalogue-nothing-found', as: 'learner', at: () => '/catalogue?q=zzzzzz' },
  { route: '/courses/$courseId', as: 'learner', at: (w) => `/courses/${w.courseId}` },
  { route: '/account', as: 'learner' },
  { route: '/learn/$enrolmentId', as: 'learner', at: (w) => `/learn/${w.enrolmentId}`, leadsOn: true },
  {
    route: '/learn/$enrolmentId/$lessonId',
    name: 'lesson-article',
    as: 'learner',
    at: (w) => `/learn/${w.enrolmentId}/${w.lessons.article}`,
  },
  {
    route: '/learn/$enrolmentId/$lessonId',
    name: 'lesson-video',
    as: 'learner',
    at: (w) => `/learn/${w.enrolmentId}/${w.lessons.video}`,
  },
  {
    route: '/learn/$enrolmentId/$lessonId',
    name: 'lesson-file',
    as: 'learner',
    at: (w) => `/learn/${w.enrolmentId}/${w.lessons.file}`,
  },
  {
    route: '/learn/$enrolmentId/$lessonId',
    name: 'lesson-quiz',
    as: 'learner',
    at: (w) => `/learn/${w.enrolmentId}/${w.lessons.quiz}`,
  },
  {
    route: '/learn/$enrolmentId/finished',
    as: 'learner',
    at: (w) => `/learn/${w.finishedEnrolmentId}/finished`,
  },
  { route: '/account/security', as: 'learner' },
  { route: '/act-as', as: 'nobody' },
  { route: '/app-sign-in', as: 'nobody' },
  { route: '/learning', as: 'learner' },
  { route: '/notifications', as: 'learner' },
  { route: '/my-team', as: 'owner' },
  { route: '/my-team/$userId', as: 'owner', at: (w) => `/my-team/${w.learnerId}` },
  { route: '/nothing-here', name: 'not-found', as: 'learner' },

  { route: '/author', as: 'author' },
  { route: '/author/$courseId', as: 'author', at: (w) => `/author/${w.authoredCourseId}` },
  {
    route: '/author/$courseId',
    name: 'editor-quiz',
    as: 'author',
    at: (w) => `/author/${w.authoredCourseId}?lesson=${w.lessons.quiz}`,
  },
  {
    route: '/author/$courseId',
    name: 'editor-article',
    as: 'author',
    at: (w) => `/author/${w.authoredCourseId}?lesson=${w.lessons.article}`,
  },
  { route: '/author/$courseId/history', as: 'author', at: (w) => `/author/${w.authoredCourseId}/history` },
  { route: '/author/$courseId/learners', as: 'owner', at: (w) => `/author/${w.authoredCourseId}/learners` },
  { route: '/author/$courseId/preview', as: 'author', at: (w) => `/author/${w.authoredCourseId}/preview` },

  { route: '/admin', as: 'owner', leadsOn: true },
  { route: '/admin', name: 'admin-denied', as: 'learner' },
  { route: '/people', as: 'owner', leadsOn: true },
  { route: '/admin/people', as: 'owner' },
  {
    route: '/admin/people/$userId',
    name: 'admin-person',
    as: 'owner',
    at: (w) => `/admin/people/${w.learnerId}`,
  },
  { route: '/admin/people/invitations', as: 'owner' },
  { route: '/admin/people/roles', as: 'owner' },
  { route: '/admin/people/imports', as: 'owner' },
  {
    route: '/admin/people/imports/$importId',
    as: 'owner',
    at: (w) => `/admin/people/imports/${w.importId}`,
  },
  { route: '/admin/teams', as: 'owner' },
  { route: '/admin/teams/$teamId', as: 'owner', at: (w) => `/admin/teams/${w.teamId}` },
  { route: '/admin/api-keys', as: 'owner' },
  { route: '/admin/privacy', as: 'owner' },
  { route: '/admin/audit', as: 'owner' },
  { route: '/admin/branding', as: 'owner' },
  { route: '/admin/domains', as: 'owner' },
  { route: '/admin/settings', as: 'owner' },
  { route: '/admin/usage', as: 'owner' },
  { route: '/admin/sign-in', as: 'owner' },
  { route: '/admin/sign-in/new', as: 'owner' },
  { route: '/admin/sign-in/directory', as: 'owner' },
  {
    route: '/admin/sign-in/$connectionId',
    as: 'owner',
    at: (w) => `/admin/sign-in/${w.connectionId}`,
  },
  { route: '/admin/sign-in-apps', as: 'owner' },
  { route: '/admin/sign-in-apps/new', as: 'owner' },
  { route: '/admin/sign-in-apps/$appId', as: 'owner', at: (w) => `/admin/sign-in-apps/${w.appId}` },
  { route: '/admin/provisioning', as: 'owner' },
  { route: '/admin/sign-in-policy', as: 'owner' },
  { route: '/admin/rules', as: 'owner' },
  { route: '/admin/rules/new', as: 'owner' },
  { route: '/admin/rules/$ruleId', as: 'owner', at: (w) => `/admin/rules/${w.ruleId}` },
  { route: '/admin/reports', as: 'owner' },
  {
    route: '/admin/reports/people/$userId',
    as: 'owner',
    at: (w) => `/admin/reports/people/${w.learnerId}`,
  },

  { route: '/control/sign-in', as: 'nobody' },
  { route: '/control', as: 'operator' },
  { route: '/control/shards', as: 'operator' },
  { route: '/control/tenants/$tenantId', as: 'operator', at: (w) => `/control/tenants/${w.tenantId}` },
  { route: '/control/onboardings', as: 'operator' },
  {
    route: '/control/onboardings/$onboardingId',
    as: 'operator',
    at: (w) => `/control/onboardings/${w.onboardingId}`,
  },
  { route: '/control/platform', as: 'operator' },
  { route: '/control/events', as: 'operator' },
  { route: '/control/queues', as: 'operator' },
  { route: '/control/mails', as: 'operator' },
];

export const isOperators = ({ route }: PageEntry): boolean => route.startsWith('/control');

export function titleOf({ route, name, as }: PageEntry): string {
  const plain = route.replaceAll('$', '').replaceAll('/', '-').replace(/^-/, '');
  return name ?? (plain === '' ? `home-${as}` : plain);
}

/** The pages that there is something to look at on, for a table of tests. */
export const titledPages = pages
  .filter(({ leadsOn }) => leadsOn !== true)
  .map((entry) => [titleOf(entry), entry] as const);
