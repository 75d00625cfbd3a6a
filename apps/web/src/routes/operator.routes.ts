import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { operatorQuery } from '../control/operator.queries.js';
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
  validateSearch: (search): { shard?: string } =>
    typeof search['shard'] === 'string' ? { shard: search['shard'] } : {},
  component: lazyRouteComponent(
    withWords('control', () => import('../control/tenants-page.js')),
    'TenantsPage',
  ),
});

const tenant = createRoute({
  getParentRoute: () => control,
  path: '/tenants/$tenantId',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/tenant-page.js')),
    'TenantPage',
  ),
});

const onboardings = createRoute({
  getParentRoute: () => control,
  path: '/onboardings',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/onboardings-page.js')),
    'OnboardingsPage',
  ),
});

const onboarding = createRoute({
  getParentRoute: () => control,
  path: '/onboardings/$onboardingId',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/onboarding-page.js')),
    'OnboardingPage',
  ),
});

const platform = createRoute({
  getParentRoute: () => control,
  path: '/platform',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/platform-page.js')),
    'PlatformPage',
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

const events = createRoute({
  getParentRoute: () => control,
  path: '/events',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/events-page.js')),
    'EventsPage',
  ),
});

const queues = createRoute({
  getParentRoute: () => control,
  path: '/queues',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/queues-page.js')),
    'QueuesPage',
  ),
});

const mails = createRoute({
  getParentRoute: () => control,
  path: '/mails',
  component: lazyRouteComponent(
    withWords('control', () => import('../control/mails-page.js')),
    'MailsPage',
  ),
});

/** The operators' control centre, on their own host. A page adds its route here and its entry to control/control-nav.ts. */
export const operatorRoutes = [
  signIn,
  control.addChildren([tenants, tenant, onboardings, onboarding, platform, shards, events, queues, mails]),
] as const;
