import { textParam } from '../api/search-param.js';

export const lengths = ['short', 'medium', 'long'] as const;
export type Length = (typeof lengths)[number];
export const states = ['new', 'current', 'completed'] as const;
export type State = (typeof states)[number];

/** What narrows the catalogue; it stands in the address, so that a search can be shared and gone back to. */
export interface CatalogueFilter {
  readonly q?: string;
  readonly tag?: string;
  readonly language?: string;
  readonly length?: Length;
  readonly state?: State;
}

/** Minutes, from and to. */
const minutes: Readonly<Record<Length, { readonly minMinutes?: number; readonly maxMinutes?: number }>> = {
  short: { maxMinutes: 30 },
  medium: { minMinutes: 31, maxMinutes: 120 },
  long: { minMinutes: 121 },
};

export function filterOf(search: Readonly<Record<string, unknown>>): CatalogueFilter {
  const length = lengths.find((known) => known === search['length']);
  const state = states.find((known) => known === search['state']);
  return {
    ...textParam(search, 'q'),
    ...textParam(search, 'tag'),
    ...textParam(search, 'language'),
    ...(length === undefined ? {} : { length }),
    ...(state === undefined ? {} : { state }),
  };
}

/** As the API asks for it. */
export const questionOf = ({ length, ...filter }: CatalogueFilter) => ({
  ...filter,
  ...(length === undefined ? {} : minutes[length]),
});

export const isNarrowed = (filter: CatalogueFilter): boolean => Object.keys(filter).length > 0;
