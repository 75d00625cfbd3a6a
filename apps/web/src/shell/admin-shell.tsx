import { Outlet } from '@tanstack/react-router';
import { useUser } from '../session/session.queries.js';
import { adminGroupsOf } from './admin-nav.js';
import { Forbidden } from './problem-page.js';
import { SideLayout } from './side-layout.js';
import { t } from '../language/t.js';

/** The administration of an academy: its areas at the side, one of them beside it. */
export function AdminShell() {
  const groups = adminGroupsOf(useUser());
  if (groups.length === 0) return <Forbidden />;
  return (
    <SideLayout label={t('nav.admin')} groups={groups}>
      <Outlet />
    </SideLayout>
  );
}
