import { lazy, Suspense } from 'react';
import { Avatar } from '../design/avatar.js';
import { withWords } from '../language/speech.js';
import { type SessionUser } from '../session/session-user.js';

const NotificationBell = lazy(
  withWords('notifications', async () => ({
    default: (await import('../notifications/notification-bell.js')).NotificationBell,
  })),
);
// The menu is the heaviest part of the frame and never the first that is used.
const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.js')).AccountMenu }));

/** At the end of the header: what belongs to the person. A tool of an area comes in lazily, before the account. */
export function HeaderTools({ user }: { readonly user: SessionUser }) {
  return (
    <div className="shell__tools">
      <Suspense fallback={<span className="shell__tool" />}>
        <NotificationBell />
      </Suspense>
      <Suspense fallback={<Avatar name={user.name} />}>
        <AccountMenu user={user} />
      </Suspense>
    </div>
  );
}
