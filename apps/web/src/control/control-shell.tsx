import { Link, Outlet } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import type { operatorLogout } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { BrandMark } from '../brand/brand-mark.js';
import { Button } from '../design/button.js';
import { t } from '../language/t.js';
import { SideLayout } from '../shell/side-layout.js';
import { SkipLink } from '../shell/skip-link.js';
import { controlGroups } from './control-nav.js';
import { useOperator } from './operator.queries.js';
import '../shell/app-shell.css';
import './control.css';

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
    <div className="shell shell--plain">
      <SkipLink />
      <header className="shell__header">
        <div className="shell__bar shell__bar--plain">
          <Link to="/control" className="shell__home">
            <BrandMark />
          </Link>
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
        <SideLayout label={t('control.nav')} groups={controlGroups}>
          <div className="control">
            <Outlet />
          </div>
        </SideLayout>
      </main>
    </div>
  );
}
