import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inAdvance } from '../api/query-client.js';
import { textParam } from '../api/search-param.js';
import { authoredCoursesQuery } from '../authoring/authoring.queries.js';
import { withWords } from '../language/speech.js';
import { app, member } from './root.routes.js';

const author = createRoute({
  getParentRoute: () => app,
  path: '/author',
  loader: ({ context: { api, queries } }) => {
    inAdvance(queries.infiniteQuery(authoredCoursesQuery(api, 'all')));
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
export const authorPages = [author, editor] as const;
/** Pages that fill the window. */
export const authorFullPages = [preview] as const;
