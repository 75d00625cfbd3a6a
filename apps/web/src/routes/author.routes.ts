import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inAdvance } from '../api/query-client.js';
import { textParam } from '../api/search-param.js';
import { authoredCoursesQuery, everyCourse } from '../authoring/authoring.queries.js';
import { versionsIn } from '../authoring/version-params.js';
import { withWords } from '../language/speech.js';
import { app, member } from './root.routes.js';

const author = createRoute({
  getParentRoute: () => app,
  path: '/author',
  loader: ({ context: { api, queries } }) => {
    inAdvance(queries.infiniteQuery(authoredCoursesQuery(api, everyCourse)));
  },
  component: lazyRouteComponent(
    withWords('authoring', () => import('../authoring/author-courses-page.js')),
    'AuthorCoursesPage',
  ),
});

const editor = createRoute({
  getParentRoute: () => app,
  path: '/author/$courseId',
  validateSearch: (search): { lesson?: string } => textParam(search, 'lesson'),
  component: lazyRouteComponent(
    withWords('authoring', () => import('../authoring/editor-page.js')),
    'EditorPage',
  ),
});

const history = createRoute({
  getParentRoute: () => app,
  path: '/author/$courseId/history',
  validateSearch: versionsIn,
  component: lazyRouteComponent(
    withWords('authoring', () => import('../authoring/history-page.js')),
    'HistoryPage',
  ),
});

const learners = createRoute({
  getParentRoute: () => app,
  path: '/author/$courseId/learners',
  component: lazyRouteComponent(
    withWords('authoring', () => import('../authoring/learners-page.js')),
    'LearnersPage',
  ),
});

const preview = createRoute({
  getParentRoute: () => member,
  path: '/author/$courseId/preview',
  validateSearch: (search): { lesson?: string } => textParam(search, 'lesson'),
  component: lazyRouteComponent(
    withWords('authoring', () => import('../authoring/preview-page.js')),
    'PreviewPage',
  ),
});

/** Inside the frame. */
export const authorPages = [author, editor, history, learners] as const;
/** Pages that fill the window. */
export const authorFullPages = [preview] as const;
