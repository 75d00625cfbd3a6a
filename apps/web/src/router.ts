import { createRouter } from '@tanstack/react-router';
import { adminPages } from './routes/admin.routes.js';
import { authorFullPages, authorPages } from './routes/author.routes.js';
import { frontRoutes } from './routes/front.routes.js';
import { learnerFullPages, learnerPages } from './routes/learner.routes.js';
import { operatorRoutes } from './routes/operator.routes.js';
import { app, member, root, type RouterContext } from './routes/root.routes.js';

const routeTree = root.addChildren([
  ...frontRoutes,
  ...operatorRoutes,
  member.addChildren([
    app.addChildren([...learnerPages, ...authorPages, ...adminPages]),
    ...learnerFullPages,
    ...authorFullPages,
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
