import type { Route } from 'playwright-core';
import { isOperators, pages, titleOf, type PageEntry } from './pages.js';
import type { Language } from './visitors.js';

/** `crowded` has very much of everything, with very long names; `empty` has nothing but its owner. */
export type WorldName = 'acme' | 'globex' | 'crowded' | 'empty';

/** All pages, or those that look otherwise there, as they are under one circumstance. */
export interface Scene {
  /** The pictures' folder. */
  readonly name: string;
  readonly world: WorldName;
  readonly language: Language;
  readonly themes: readonly ('light' | 'dark')[];
  readonly pages: readonly PageEntry[];
  /** What the server does, where it does not simply answer. */
  readonly server?: (route: Route) => Promise<void>;
  /** Nothing more will come: the picture is of what stands in for it. */
  readonly isWaiting?: true;
}

const seen = pages.filter(({ leadsOn }) => leadsOn !== true);
const inside = seen.filter(({ as }) => as !== 'nobody');
const plain = { world: 'acme', language: 'en', themes: ['light'] } as const;

export const scenes: readonly Scene[] = [
  { ...plain, name: 'acme', themes: ['light', 'dark'], pages: seen },
  { ...plain, name: 'globex', world: 'globex', themes: ['light', 'dark'], pages: seen },
  { ...plain, name: 'ar', language: 'ar', pages: seen },
  { ...plain, name: 'de', language: 'de', pages: seen },
  { ...plain, name: 'crowded', world: 'crowded', pages: inside },
  // Nothing there, and, where the address asks for something of its own, nothing found.
  {
    ...plain,
    name: 'empty',
    world: 'empty',
    pages: inside.map((entry): PageEntry => (isOperators(entry) ? entry : { ...entry, as: 'owner' })),
  },
  { ...plain, name: 'failing', pages: inside, server: fails },
  { ...plain, name: 'waiting', pages: inside, server: waits, isWaiting: true },
  {
    ...plain,
    name: 'denied',
    pages: inside
      .filter(({ as }) => as === 'owner' || as === 'author')
      .map((entry): PageEntry => ({ ...entry, as: 'learner' })),
  },
];

/**
 * What `npm run screenshots -- <words>` asks for: the scenes with the pages whose `<scene>/<page>` holds every word, of
 * `a,b` one or the other. Without words all.
 */
export function chosenScenes(words: readonly string[]): readonly Scene[] {
  return scenes
    .map((scene) => ({
      ...scene,
      pages: scene.pages.filter((entry) => {
        const title = `${scene.name}/${titleOf(entry)}`;
        return words.every((word) => word.split(',').some((part) => title.includes(part)));
      }),
    }))
    .filter((scene) => scene.pages.length > 0);
}

/** Who one is must be known, else there is no page to look at. */
const isAboutTheVisitor = (path: string): boolean =>
  /\/auth\/(me|csrf|refresh)$|\/api\/v1\/tenant$/.test(path);

async function fails(route: Route): Promise<void> {
  if (isAboutTheVisitor(new URL(route.request().url()).pathname)) return route.continue();
  return route.fulfill({
    status: 500,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      ...{ type: 'about:blank', title: 'Internal Server Error', status: 500, code: 'internal' },
      ...{ detail: 'Something went wrong.', requestId: '0192f0c1-2f5e-7abc-8def-0123456789ab' },
    }),
  });
}

async function waits(route: Route): Promise<void> {
  if (isAboutTheVisitor(new URL(route.request().url()).pathname)) return route.continue();
}
