import { useInfiniteQuery } from '@tanstack/react-query';
import { BellOff, CheckCheck, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { EmptyState } from '../design/empty-state.js';
import { SelectField } from '../design/field.js';
import { MoreButton } from '../design/more-button.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { NotificationList } from './notification-list.js';
import { notificationsQuery } from './notifications.queries.js';
import { useInbox } from './use-inbox.js';

export function NotificationsPage() {
  usePageTitle(t('notifications.title'));
  const [shown, setShown] = useState<'all' | 'unread'>('all');
  const found = useInfiniteQuery(notificationsQuery(useApi(), shown === 'unread'));
  const { mark, readAll, isReadingAll } = useInbox();
  return (
    <>
      <PageHeading
        title={t('notifications.title')}
        actions={
          <ButtonLink
            to="/account"
            hash="notifications"
            look="secondary"
            icon={<SlidersHorizontal aria-hidden />}
          >
            {t('notifications.preferences')}
          </ButtonLink>
        }
      >
        {t('notifications.lead')}
      </PageHeading>
      <div className="notification-page__tools">
        <SelectField
          label={t('notifications.show')}
          hideLabel
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: t('notifications.showAll') },
            { value: 'unread', label: t('notifications.showUnread') },
          ]}
        />
        {(found.data?.pages[0]?.unread ?? 0) > 0 && (
          <Button
            look="secondary"
            icon={<CheckCheck aria-hidden />}
            isPending={isReadingAll}
            onPress={readAll}
          >
            {t('notifications.readAll')}
          </Button>
        )}
      </div>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState icon={BellOff} title={t('notifications.none.title')}>
                {t('notifications.none.text')}
              </EmptyState>
            );
          }
          return (
            <div className="notification-page__list">
              <NotificationList items={items} onMark={mark} withActions />
            </div>
          );
        }}
      </Answer>
      <MoreButton of={found} />
    </>
  );
}
