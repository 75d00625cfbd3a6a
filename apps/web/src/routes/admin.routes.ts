import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ProblemPage } from '../shell/problem-page.js';
import { withWords } from '../language/speech.js';
import { reportSearch } from '../reports/report-filter.js';
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

const rules = createRoute({
  getParentRoute: () => admin,
  path: '/rules',
  component: lazyRouteComponent(
    withWords('rules', () => import('../rules/rules-page.js')),
    'RulesPage',
  ),
});

const newRule = createRoute({
  getParentRoute: () => admin,
  path: '/rules/new',
  component: lazyRouteComponent(
    withWords('rules', () => import('../rules/rule-editor-page.js')),
    'NewRulePage',
  ),
});

const rule = createRoute({
  getParentRoute: () => admin,
  path: '/rules/$ruleId',
  component: lazyRouteComponent(
    withWords('rules', () => import('../rules/rule-editor-page.js')),
    'RuleEditorPage',
  ),
});

const reports = createRoute({
  getParentRoute: () => admin,
  path: '/reports',
  validateSearch: reportSearch,
  component: lazyRouteComponent(
    withWords('rules', () => import('../reports/reports-page.js')),
    'ReportsPage',
  ),
});

const learnerReport = createRoute({
  getParentRoute: () => admin,
  path: '/reports/people/$userId',
  component: lazyRouteComponent(
    withWords('rules', () => import('../reports/learner-report-page.js')),
    'LearnerReportPage',
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
export const adminPages = [
  admin.addChildren([start, people, rules, newRule, rule, reports, learnerReport]),
  peopleBefore,
] as const;
