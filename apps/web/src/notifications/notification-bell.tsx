import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog as AriaDialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { useApi } from '../api/api-context.js';
import { Button, ButtonLink } from '../design/button.js';
import { Loading, SkeletonText } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { notificationsQuery, unreadQuery } from './notifications.queries.js';
import { useInbox } from './use-inbox.js';
import './notifications.css';

const NotificationList = lazy(async () => ({
  default: (await import('./notification-list.js')).NotificationList,
}));

const SHOWN = 8;

/** The bell of the header: how much is unread, and the last of it in a panel. */
export function NotificationBell() {
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(unreadQuery(useApi()));
  const unread = data?.unread ?? 0;
  const label = unread === 0 ? t('notifications.bell') : t('notifications.bellUnread', { count: unread });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className="bell" aria-label={label}>
        <Bell aria-hidden />
        {unread > 0 && (
          <span className="bell__count" aria-hidden="true">
            {unread >= 100 ? '99+' : unread}
          </span>
        )}
      </AriaButton>
      <Popover className="popover bell-panel" placement="bottom end" offset={8}>
        <AriaDialog className="bell-panel__dialog">
          <Panel
            unread={unread}
            onClose={() => {
              setOpen(false);
            }}
          />
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}

function Panel({ unread, onClose }: { readonly unread: number; readonly onClose: () => void }) {
  const { data, isPending, isError } = useInfiniteQuery(notificationsQuery(useApi(), false, SHOWN));
  const { mark, readAll, isReadingAll } = useInbox();
  const items = data?.pages[0]?.items ?? [];
  const skeleton = (
    <Loading>
      <div className="bell-panel__empty">
        <SkeletonText lines={4} />
      </div>
    </Loading>
  );
  return (
    <>
      <div className="bell-panel__head">
        <Heading slot="title" className="bell-panel__title">
          {t('notifications.title')}
        </Heading>
        {unread > 0 && (
          <Button look="quiet" size="s" isPending={isReadingAll} onPress={readAll}>
            {t('notifications.readAll')}
          </Button>
        )}
      </div>
      <div className="bell-panel__body">
        {isPending && skeleton}
        {isError && <p className="bell-panel__empty">{t('notifications.failed')}</p>}
        {data !== undefined && items.length === 0 && (
          <p className="bell-panel__empty">{t('notifications.none.title')}</p>
        )}
        {items.length > 0 && (
          <Suspense fallback={skeleton}>
            <NotificationList items={items} onMark={mark} onFollow={onClose} />
          </Suspense>
        )}
      </div>
      <div className="bell-panel__foot">
        <ButtonLink to="/notifications" look="quiet" size="s" onClick={onClose}>
          {t('notifications.all')}
        </ButtonLink>
      </div>
    </>
  );
}
