import { Link, Outlet } from '@tanstack/react-router';
import { Building2, Database, LogOut } from 'lucide-react';
import type { operatorLogout } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { BrandMark } from '../brand/brand-mark.js';
import { Button } from '../design/button.js';
import { t } from '../language/t.js';
import { SkipLink } from '../shell/skip-link.js';
import { useOperator } from './control.queries.js';
import '../shell/app-shell.css';

const places = [
  { to: '/control', label: t('control.tenants'), icon: Building2 },
  { to: '/control/shards', label: t('control.shards'), icon: Database },
] as const;

/** The frame of the operator's control centre. */
export function ControlShell() {
  const api = useApi();
  const operator = useOperator();
  const signOut = async (): Promise<void> => {
    try {
      await api.send<typeof operatorLogout>('POST', '/api/v1/operator/auth/logout', { body: {} });
    } finally {
      window.location.assign('/control/sign-in');
    }
  };
  return (
    <div className="shell">
      <SkipLink />
      <header className="shell__header">
        <div className="shell__bar">
          <Link to="/control" className="shell__home">
            <BrandMark />
          </Link>
          <nav className="shell__nav" aria-label={t('nav.main')}>
            <ul>
              {places.map(({ to, label, icon: Icon }) => (
                <li key={to}>
                  <Link to={to} className="shell__place" activeOptions={{ exact: true }}>
                    <Icon aria-hidden />
                    <span>{label}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <Button
            look="quiet"
            size="s"
            icon={<LogOut aria-hidden />}
            aria-label={t('control.signOutOf', { name: operator.name })}
            onPress={() => {
              void signOut();
            }}
          >
            {t('account.signOut')}
          </Button>
        </div>
      </header>
      <main id="main" className="shell__main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
