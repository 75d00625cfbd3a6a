import { Link, Outlet } from '@tanstack/react-router';
import { BookOpen, Compass, House, type LucideIcon, PenLine, Settings2 } from 'lucide-react';
import { BrandMark } from '../brand/brand-mark.js';
import { t } from '../language/t.js';
import { may, mayAdminister, type SessionUser } from '../session/session-user.js';
import { SessionEndedGuard } from '../session/session-ended-guard.js';
import { StepUpGuard } from '../session/step-up-guard.js';
import { useUser } from '../session/session.queries.js';
import { HeaderTools } from './header-tools.js';
import { OfflineNotice } from './offline-notice.js';
import { SkipLink } from './skip-link.js';
import './app-shell.css';

interface Place {
  readonly to: '/' | '/learning' | '/catalogue' | '/author' | '/admin';
  readonly label: string;
  readonly icon: LucideIcon;
}

function placesOf(user: SessionUser): readonly Place[] {
  return [
    { to: '/', label: t('nav.home'), icon: House },
    { to: '/learning', label: t('nav.learning'), icon: BookOpen },
    ...(may(user, 'courses.read')
      ? [{ to: '/catalogue', label: t('nav.catalogue'), icon: Compass } as const]
      : []),
    ...(may(user, 'courses.author')
      ? [{ to: '/author', label: t('nav.authoring'), icon: PenLine } as const]
      : []),
    ...(mayAdminister(user) ? [{ to: '/admin', label: t('nav.admin'), icon: Settings2 } as const] : []),
  ];
}

/** The frame of every page behind the sign-in but the player. */
export function AppShell() {
  const user = useUser();
  return (
    <div className="shell">
      <SkipLink />
      <header className="shell__header">
        <div className="shell__bar">
          <Link to="/" className="shell__home">
            <BrandMark />
          </Link>
          <nav className="shell__nav" aria-label={t('nav.main')}>
            <ul>
              {placesOf(user).map(({ to, label, icon: Icon }) => (
                <li key={to}>
                  <Link to={to} className="shell__place" activeOptions={{ exact: to === '/' }}>
                    <Icon aria-hidden />
                    <span>{label}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <HeaderTools user={user} />
        </div>
      </header>
      <main id="main" className="shell__main" tabIndex={-1}>
        <Outlet />
      </main>
      <OfflineNotice />
      <SessionEndedGuard />
      <StepUpGuard />
    </div>
  );
}
