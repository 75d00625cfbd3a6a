import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  getUser,
  getUserFactors,
  listInvitations,
  listUsers,
  listUserSessions,
  listTeams,
  summariseUsers,
  User,
  UserFilter,
  UserQuery,
} from '#libs/contracts/auth';
import type { reportLearner } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

export const peopleKey = ['people'] as const;

/** What the list is narrowed to; what is empty is not asked for. */
export type PeopleFilter = Partial<UserFilter>;
export interface PeopleOrder {
  readonly sort: UserQuery['sort'];
  readonly order: UserQuery['order'];
}

const PAGE = 100;

export const peopleQuery = (api: ApiClient, filter: PeopleFilter, order: PeopleOrder) =>
  infiniteQueryOptions({
    queryKey: [...peopleKey, 'list', filter, order],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listUsers>('/api/v1/users', {
        query: { limit: PAGE, ...filter, ...order, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** How many the filter finds, and the departments there are. */
export const summaryQuery = (api: ApiClient, filter: PeopleFilter) =>
  queryOptions({
    queryKey: [...peopleKey, 'summary', filter],
    queryFn: ({ signal }) =>
      api.read<typeof summariseUsers>('/api/v1/users/summary', { query: filter, signal }),
    placeholderData: (before) => before,
  });

/** Everybody whom the filter finds, page after page. */
export async function everybody(api: ApiClient, filter: PeopleFilter): Promise<readonly User[]> {
  const people: User[] = [];
  for (let cursor: string | null = null; ;) {
    const query: Record<string, unknown> = { limit: PAGE, ...filter, ...(cursor === null ? {} : { cursor }) };
    const page: { items: User[]; nextCursor: string | null } = await api.read<typeof listUsers>(
      '/api/v1/users',
      {
        query,
      },
    );
    people.push(...page.items);
    if (page.nextCursor === null) return people;
    cursor = page.nextCursor;
  }
}

/** With its ETag, which a change must name. */
export const personQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'one', userId],
    queryFn: ({ signal }) =>
      api.send<typeof getUser>('GET', '/api/v1/users/:userId', { params: { userId }, signal }),
  });

export const sessionsOfQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'sessions', userId],
    queryFn: async ({ signal }) =>
      (
        await api.read<typeof listUserSessions>('/api/v1/users/:userId/sessions', {
          params: { userId },
          signal,
        })
      ).items,
  });

export const factorsOfQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'factors', userId],
    queryFn: ({ signal }) =>
      api.read<typeof getUserFactors>('/api/v1/users/:userId/factors', { params: { userId }, signal }),
  });

export const learningOfQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'learning', userId],
    queryFn: ({ signal }) =>
      api.read<typeof reportLearner>('/api/v1/reports/people/:userId', { params: { userId }, signal }),
  });

export const findPeopleQuery = (api: ApiClient, words: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'find', words],
    queryFn: async ({ signal }) =>
      (
        await api.read<typeof listUsers>('/api/v1/users', {
          query: { limit: 12, ...(words === '' ? {} : { q: words }) },
          signal,
        })
      ).items,
    placeholderData: (before) => before,
  });

export const teamNamesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['teams', 'names'],
    queryFn: async ({ signal }) =>
      (await api.read<typeof listTeams>('/api/v1/teams', { query: { limit: 100 }, signal })).items,
    staleTime: 60_000,
  });

export const invitationsQuery = (api: ApiClient) =>
  infiniteQueryOptions({
    queryKey: [...peopleKey, 'invitations'],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listInvitations>('/api/v1/invitations', {
        query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
