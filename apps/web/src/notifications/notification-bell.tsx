import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useApi } from '../api/api-context.js';
import { t } from '../language/t.js';
import { unreadQuery } from './notifications.queries.js';
import './notifications.css';

// Panels and their focus are most of the weight; the first page does without.
const BellPanel = lazy(async () => ({ default: (await import('./bell-panel.js')).BellPanel }));

/** The bell of the header: how much is unread, and the last of it in a panel. */
export function NotificationBell() {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(unreadQuery(useApi()));
  const unread = data?.unread ?? 0;
  const label = unread === 0 ? t('notifications.bell') : t('notifications.bellUnread', { count: unread });
  return (
    <>
      <button
        type="button"
        ref={button}
        className="bell"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Bell aria-hidden />
        {unread > 0 && (
          <span className="bell__count" aria-hidden="true">
            {unread >= 100 ? '99+' : unread}
          </span>
        )}
      </button>
      {isOpen && (
        <Suspense>
          <BellPanel
            unread={unread}
            trigger={button}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
