import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { textParam } from '../api/search-param.js';
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

const signInPolicy = createRoute({
  getParentRoute: () => admin,
  path: '/sign-in-policy',
  component: lazyRouteComponent(
    withWords('factors', () => import('../factors/sign-in-policy-page.js')),
    'SignInPolicyPage',
  ),
});

const provisioning = createRoute({
  getParentRoute: () => admin,
  path: '/provisioning',
  component: lazyRouteComponent(
    withWords('factors', () => import('../factors/provisioning-page.js')),
    'ProvisioningPage',
  ),
});

const invitations = createRoute({
  getParentRoute: () => admin,
  path: '/people/invitations',
  component: lazyRouteComponent(
    withWords('people', () => import('../people/invitations-page.js')),
    'InvitationsPage',
  ),
});

const imports = createRoute({
  getParentRoute: () => admin,
  path: '/people/imports',
  component: lazyRouteComponent(
    withWords('people', () => import('../people/imports-page.js')),
    'ImportsPage',
  ),
});

const peopleImport = createRoute({
  getParentRoute: () => admin,
  path: '/people/imports/$importId',
  component: lazyRouteComponent(
    withWords('people', () => import('../people/import-page.js')),
    'ImportPage',
  ),
});

const roles = createRoute({
  getParentRoute: () => admin,
  path: '/people/roles',
  component: lazyRouteComponent(
    withWords('people', () => import('../people/roles-page.js')),
    'RolesPage',
  ),
});

const person = createRoute({
  getParentRoute: () => admin,
  path: '/people/$userId',
  component: lazyRouteComponent(
    withWords('people', () => import('../people/person-page.js')),
    'PersonPage',
  ),
});

const teams = createRoute({
  getParentRoute: () => admin,
  path: '/teams',
  component: lazyRouteComponent(
    withWords('people', () => import('../teams/teams-page.js')),
    'TeamsPage',
  ),
});

const team = createRoute({
  getParentRoute: () => admin,
  path: '/teams/$teamId',
  component: lazyRouteComponent(
    withWords('people', () => import('../teams/team-page.js')),
    'TeamPage',
  ),
});

const apiKeys = createRoute({
  getParentRoute: () => admin,
  path: '/api-keys',
  component: lazyRouteComponent(
    withWords('people', () => import('../api-keys/api-keys-page.js')),
    'ApiKeysPage',
  ),
});

const privacy = createRoute({
  getParentRoute: () => admin,
  path: '/privacy',
  component: lazyRouteComponent(
    withWords('people', () => import('../privacy/privacy-page.js')),
    'PrivacyPage',
  ),
});

const audit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  component: lazyRouteComponent(
    withWords('people', () => import('../audit/audit-page.js')),
    'AuditPage',
  ),
});

const usage = createRoute({
  getParentRoute: () => admin,
  path: '/usage',
  component: lazyRouteComponent(
    withWords('people', () => import('../usage/usage-page.js')),
    'UsagePage',
  ),
});

const branding = createRoute({
  getParentRoute: () => admin,
  path: '/branding',
  component: lazyRouteComponent(
    withWords('people', () => import('../branding/branding-page.js')),
    'BrandingPage',
  ),
});

const domains = createRoute({
  getParentRoute: () => admin,
  path: '/domains',
  component: lazyRouteComponent(
    withWords('people', () => import('../domains/domains-page.js')),
    'DomainsPage',
  ),
});

const settings = createRoute({
  getParentRoute: () => admin,
  path: '/settings',
  component: lazyRouteComponent(
    withWords('people', () => import('../settings/settings-page.js')),
    'SettingsPage',
  ),
});

const connections = createRoute({
  getParentRoute: () => admin,
  path: '/sign-in',
  component: lazyRouteComponent(
    withWords('security', () => import('../security/connections-page.js')),
    'ConnectionsPage',
  ),
});

const newConnection = createRoute({
  getParentRoute: () => admin,
  path: '/sign-in/new',
  component: lazyRouteComponent(
    withWords('security', () => import('../security/new-connection-page.js')),
    'NewConnectionPage',
  ),
});

const newDirectory = createRoute({
  getParentRoute: () => admin,
  path: '/sign-in/directory',
  component: lazyRouteComponent(
    withWords('security', () => import('../security/new-directory-page.js')),
    'NewDirectoryPage',
  ),
});

const connection = createRoute({
  getParentRoute: () => admin,
  path: '/sign-in/$connectionId',
  validateSearch: (search): { attempt?: string } => textParam(search, 'attempt'),
  component: lazyRouteComponent(
    withWords('security', () => import('../security/connection-page.js')),
    'ConnectionPage',
  ),
});

const apps = createRoute({
  getParentRoute: () => admin,
  path: '/sign-in-apps',
  component: lazyRouteComponent(
    withWords('apps', () => import('../apps/apps-page.js')),
    'AppsPage',
  ),
});

const newApp = createRoute({
  getParentRoute: () => admin,
  path: '/sign-in-apps/new',
  component: lazyRouteComponent(
    withWords('apps', () => import('../apps/new-app-page.js')),
    'NewAppPage',
  ),
});

const registeredApp = createRoute({
  getParentRoute: () => admin,
  path: '/sign-in-apps/$appId',
  component: lazyRouteComponent(
    withWords('apps', () => import('../apps/app-page.js')),
    'AppPage',
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
  admin.addChildren([
    start,
    people,
    invitations,
    imports,
    peopleImport,
    roles,
    person,
    teams,
    team,
    apiKeys,
    privacy,
    audit,
    usage,
    branding,
    domains,
    settings,
    rules,
    newRule,
    rule,
    reports,
    learnerReport,
    connections,
    newConnection,
    newDirectory,
    connection,
    apps,
    newApp,
    registeredApp,
    signInPolicy,
    provisioning,
  ]),
  peopleBefore,
] as const;
