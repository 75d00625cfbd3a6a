import { lazy, Suspense, useRef, useState } from 'react';
import { Avatar } from '../design/avatar.js';
import { withWords } from '../language/speech.js';
import { t } from '../language/t.js';
import { type SessionUser } from '../session/session-user.js';

const NotificationBell = lazy(
  withWords('notifications', async () => ({
    default: (await import('../notifications/notification-bell.js')).NotificationBell,
  })),
);
// The menu is the heaviest part of the frame and never the first that is used: it comes when it is opened.
const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.js')).AccountMenu }));

/** At the end of the header: what belongs to the person. A tool of an area comes in lazily, before the account. */
export function HeaderTools({ user }: { readonly user: SessionUser }) {
  return (
    <div className="shell__tools">
      <Suspense fallback={<span className="shell__tool" />}>
        <NotificationBell />
      </Suspense>
      <Account user={user} />
    </div>
  );
}

function Account({ user }: { readonly user: SessionUser }) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        ref={button}
        className="shell__account"
        aria-label={t('account.menuOf', { name: user.name })}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Avatar name={user.name} />
      </button>
      {isOpen && (
        <Suspense>
          <AccountMenu
            user={user}
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
