import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  countUnreadNotifications,
  getNotificationPreferences,
  listNotifications,
} from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export const notificationsKey = ['notifications'] as const;
export const unreadKey = [...notificationsKey, 'unread'] as const;
const PATH = '/api/v1/me/notifications';

/** Asked once a minute while the page is in sight. */
export const unreadQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: unreadKey,
    queryFn: ({ signal }) => api.read<typeof countUnreadNotifications>(`${PATH}/unread-count`, { signal }),
    refetchInterval: 60_000,
    staleTime: 30_000,
  });

export const notificationsQuery = (api: ApiClient, onlyUnread: boolean, limit = 30) =>
  infiniteQueryOptions({
    queryKey: [...notificationsKey, 'list', onlyUnread, limit],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listNotifications>(PATH, {
        query: {
          ...{ limit, unread: onlyUnread ? ('true' as const) : ('false' as const) },
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const preferencesKey = ['notification-preferences'] as const;

export const preferencesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: preferencesKey,
    queryFn: ({ signal }) =>
      api.read<typeof getNotificationPreferences>('/api/v1/me/notification-preferences', { signal }),
  });
