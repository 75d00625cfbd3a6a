import { Link } from '@tanstack/react-router';
import {
  Award,
  BellRing,
  CalendarClock,
  type LucideIcon,
  RefreshCw,
  RotateCcw,
  TriangleAlert,
  Users,
} from 'lucide-react';
import type { Notification, NotificationKind } from '#libs/contracts/auth';
import { classNames } from '../design/class-names.js';
import { Button } from '../design/button.js';
import { formatAgo, formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { notificationPath, notificationText } from './notification-text.js';
import './notifications.css';

const icons: Readonly<Record<NotificationKind, LucideIcon>> = {
  assigned: BellRing,
  renewed: RotateCcw,
  due_soon: CalendarClock,
  overdue: TriangleAlert,
  escalated: Users,
  certificate_issued: Award,
  course_updated: RefreshCw,
};

const tones: Readonly<Record<NotificationKind, 'accent' | 'warn' | 'bad' | 'good'>> = {
  assigned: 'accent',
  renewed: 'warn',
  due_soon: 'warn',
  overdue: 'bad',
  escalated: 'bad',
  certificate_issued: 'good',
  course_updated: 'accent',
};

interface NotificationListProps {
  readonly items: readonly Notification[];
  readonly onMark: (id: string, isRead: boolean) => void;
  /** The reader follows one. */
  readonly onFollow?: () => void;
  /** With a button a row; the panel of the bell has no room for it. */
  readonly withActions?: boolean;
}

export function NotificationList({ items, onMark, onFollow, withActions = false }: NotificationListProps) {
  return (
    <ul className="notifications">
      {items.map((item) => {
        const Icon = icons[item.kind];
        const isRead = item.readAt !== null;
        const text = notificationText(item);
        return (
          <li key={item.id} className={classNames('notification', !isRead && 'notification--unread')}>
            <span className={`notification__icon notification__icon--${tones[item.kind]}`} aria-hidden="true">
              <Icon />
            </span>
            <span className="notification__body">
              <Link
                to={notificationPath(item)}
                className="notification__text"
                onClick={() => {
                  if (!isRead) onMark(item.id, true);
                  onFollow?.();
                }}
              >
                {!isRead && <span className="visually-hidden">{t('notifications.unreadMark')} </span>}
                {text}
              </Link>
              <time
                className="notification__time"
                dateTime={item.createdAt}
                title={formatMoment(item.createdAt)}
              >
                {formatAgo(item.createdAt)}
              </time>
            </span>
            {withActions && (
              <Button
                look="quiet"
                size="s"
                aria-label={t(isRead ? 'notifications.markUnreadOf' : 'notifications.markReadOf', { text })}
                onPress={() => {
                  onMark(item.id, !isRead);
                }}
              >
                {t(isRead ? 'notifications.markUnread' : 'notifications.markRead')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
