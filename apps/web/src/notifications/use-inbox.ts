import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { readAllNotifications, readNotification } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { notificationsKey, unreadKey } from './notifications.queries.js';

interface Read {
  readonly id: string;
  readonly isRead: boolean;
}

/** Reading, unreading and reading all; the number at the bell follows at once. */
export function useInbox() {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const settle = (unread: number): void => {
    queries.setQueryData(unreadKey, { unread });
    void queries.invalidateQueries({ queryKey: [...notificationsKey, 'list'] });
  };
  const failed = (): void => {
    toasts.show(t('notifications.failed'), 'bad');
  };
  const mark = useMutation({
    mutationFn: ({ id, isRead }: Read) =>
      api.send<typeof readNotification>(
        'POST',
        `/api/v1/me/notifications/:notificationId/${isRead ? 'read' : 'unread'}`,
        { params: { notificationId: id }, keepalive: true },
      ),
    onSuccess: ({ data }) => {
      settle(data.unread);
    },
    onError: failed,
  });
  const readAll = useMutation({
    mutationFn: () => api.send<typeof readAllNotifications>('POST', '/api/v1/me/notifications/read-all'),
    onSuccess: ({ data }) => {
      settle(data.unread);
    },
    onError: failed,
  });
  return {
    mark: (id: string, isRead: boolean) => {
      mark.mutate({ id, isRead });
    },
    readAll: () => {
      readAll.mutate();
    },
    isReadingAll: readAll.isPending,
  };
}
