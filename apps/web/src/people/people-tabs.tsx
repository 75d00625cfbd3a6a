import { Link, type LinkProps } from '@tanstack/react-router';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import './people.css';

/** What belongs to people besides the list. */
export function PeopleTabs() {
  const user = useUser();
  const tabs: readonly { to: NonNullable<LinkProps['to']>; label: MessageKey; shown: boolean }[] = [
    { to: '/admin/people', label: 'people.tab.everybody', shown: true },
    { to: '/admin/people/invitations', label: 'people.tab.invitations', shown: may(user, 'users.invite') },
    { to: '/admin/people/imports', label: 'people.tab.imports', shown: may(user, 'users.manage') },
    { to: '/admin/people/roles', label: 'people.tab.roles', shown: true },
  ];
  return (
    <nav className="tabs" aria-label={t('people.tabs')}>
      {tabs
        .filter(({ shown }) => shown)
        .map(({ to, label }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/admin/people' }}>
            {t(label)}
          </Link>
        ))}
    </nav>
  );
}
