import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { operatorQuery } from '../control/control.queries.js';
import { ProblemPage } from '../shell/problem-page.js';
import { withWords } from '../language/speech.js';
import { root } from './root.routes.js';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/control/sign-in',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/control-sign-in-page.js')),
    'ControlSignInPage',
  ),
});

const control = createRoute({
  getParentRoute: () => root,
  path: '/control',
  beforeLoad: async ({ context }) => {
    const operator = await context.queries.query({ ...operatorQuery(context.api), staleTime: 'static' });
    if (operator === null) redirect({ to: '/control/sign-in', throw: true });
  },
  component: lazyRouteComponent(
    withWords('control', () => import('../control/control-shell.js')),
    'ControlShell',
  ),
  errorComponent: ProblemPage,
});

const tenants = createRoute({
  getParentRoute: () => control,
  path: '/',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/tenants-page.js')),
    'TenantsPage',
  ),
});

const shards = createRoute({
  getParentRoute: () => control,
  path: '/shards',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/shards-page.js')),
    'ShardsPage',
  ),
});

/** The operators' control centre, on their own host. A page adds its route here and its entry to control/control-nav.ts. */
export const operatorRoutes = [signIn, control.addChildren([tenants, shards])] as const;
