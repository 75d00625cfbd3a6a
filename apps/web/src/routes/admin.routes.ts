import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ProblemPage } from '../shell/problem-page.js';
import { withWords } from '../language/speech.js';
import { app } from './root.routes.js';

/** The academy's administration: a side navigation, and beside it the page of one area. */
const admin = createRoute({
  getParentRoute: () => app,
  path: '/admin',
  component: lazyRouteComponent(() => import('../shell/admin-shell.js'), 'AdminShell'),
  errorComponent: ProblemPage,
});

/** Leads on to the first area that one may see; the frame says so where there is none. */
const start = createRoute({
  getParentRoute: () => admin,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { adminPlacesOf } = await import('../shell/admin-nav.js');
    const first = context.user === null ? undefined : adminPlacesOf(context.user)[0];
    if (first !== undefined) redirect({ to: first.to, replace: true, throw: true });
  },
});

const people = createRoute({
  getParentRoute: () => admin,
  path: '/people',
  component: lazyRouteComponent(
    withWords('people', () => import('../people/people-page.js')),
    'PeoplePage',
  ),
});

/** Where people used to be; bookmarks keep working. */
const peopleBefore = createRoute({
  getParentRoute: () => app,
  path: '/people',
  beforeLoad: () => {
    redirect({ to: '/admin/people', replace: true, throw: true });
  },
});

// An area adds its route here and its entry to shell/admin-nav.ts; both, or neither.
export const adminPages = [admin.addChildren([start, people]), peopleBefore] as const;
