import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, type RefObject, Suspense } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { Loading, SkeletonText } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { notificationsQuery } from './notifications.queries.js';
import { useInbox } from './use-inbox.js';
import './notifications.css';
import '../design/menu.css';

const NotificationList = lazy(async () => ({
  default: (await import('./notification-list.js')).NotificationList,
}));

const SHOWN = 8;

interface BellPanelProps {
  readonly unread: number;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** What the bell opens; it comes when it is first asked for. */
export function BellPanel({ unread, trigger, onClose }: BellPanelProps) {
  return (
    <Popover
      className="popover bell-panel"
      placement="bottom end"
      offset={8}
      triggerRef={trigger}
      isOpen
      onOpenChange={onClose}
    >
      <AriaDialog className="bell-panel__dialog">
        <Panel unread={unread} onClose={onClose} />
      </AriaDialog>
    </Popover>
  );
}

function Panel({ unread, onClose }: Omit<BellPanelProps, 'trigger'>) {
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
