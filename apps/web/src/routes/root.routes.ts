import { type QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { type ApiClient } from '../api/api-client.js';
import { sessionQuery } from '../session/session.queries.js';
import { NotFoundPage, ProblemPage } from '../shell/problem-page.js';

export interface RouterContext {
  readonly api: ApiClient;
  readonly queries: QueryClient;
  /** An academy's host, or the operators'. */
  readonly mode: 'academy' | 'operator';
}

export const root = createRootRouteWithContext<RouterContext>()({
  beforeLoad: ({ context, location }) => {
    const isControl = location.pathname === '/control' || location.pathname.startsWith('/control/');
    if (context.mode === 'operator' && !isControl) redirect({ to: '/control', throw: true });
    if (context.mode === 'academy' && isControl) notFound({ throw: true });
  },
  component: Outlet,
  errorComponent: ProblemPage,
  notFoundComponent: NotFoundPage,
});

/** Behind the sign-in, without the frame: the player and its kin. */
export const member = createRoute({
  getParentRoute: () => root,
  id: 'member',
  beforeLoad: async ({ context, location }) => {
    const user = await context.queries.query({ ...sessionQuery(context.api), staleTime: 'static' });
    if (user === null) {
      redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href }, throw: true });
    }
    return { user };
  },
  component: Outlet,
});

/** Behind the sign-in, inside the frame. */
export const app = createRoute({
  getParentRoute: () => member,
  id: 'app',
  component: lazyRouteComponent(() => import('../shell/app-shell.js'), 'AppShell'),
  errorComponent: ProblemPage,
});
