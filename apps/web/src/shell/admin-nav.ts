import {
  AppWindow,
  ChartNoAxesColumn,
  EyeOff,
  Gauge,
  Globe,
  KeyRound,
  LogIn,
  Palette,
  RefreshCw,
  ScrollText,
  Settings,
  ShieldCheck,
  Users,
  UsersRound,
  Waypoints,
} from 'lucide-react';
import type { Permission } from '#libs/contracts';
import { may, type SessionUser } from '../session/session-user.js';
import { type SideGroup, type SidePlace } from './side-nav.js';

interface AdminPlace extends SidePlace {
  /** What one needs to see it; the page itself asks again. */
  readonly needs: readonly Permission[];
}

/**
 * The areas of the administration, in the order of the side navigation. The owner of an area adds its entry here with
 * its route in routes/admin.routes.ts: an entry without a page would lead nowhere.
 */
const groups: readonly { readonly title: SideGroup['title']; readonly places: readonly AdminPlace[] }[] = [
  {
    title: 'admin.group.people',
    places: [
      { to: '/admin/people', label: 'admin.people', icon: Users, needs: ['users.read'] },
      { to: '/admin/teams', label: 'admin.teams', icon: UsersRound, needs: ['users.read'] },
      { to: '/admin/rules', label: 'admin.rules', icon: Waypoints, needs: ['enrolments.manage'] },
    ],
  },
  {
    title: 'admin.group.insight',
    places: [
      { to: '/admin/reports', label: 'admin.reports', icon: ChartNoAxesColumn, needs: ['analytics.read'] },
      { to: '/admin/usage', label: 'admin.usage', icon: Gauge, needs: ['analytics.read'] },
      { to: '/admin/audit', label: 'admin.audit', icon: ScrollText, needs: ['audit.read'] },
    ],
  },
  {
    title: 'admin.group.academy',
    places: [
      { to: '/admin/branding', label: 'admin.branding', icon: Palette, needs: ['tenant.manage'] },
      { to: '/admin/domains', label: 'admin.domains', icon: Globe, needs: ['tenant.manage'] },
      { to: '/admin/api-keys', label: 'admin.apiKeys', icon: KeyRound, needs: ['api_keys.manage'] },
      { to: '/admin/sign-in', label: 'admin.signIn', icon: LogIn, needs: ['sso.manage'] },
      { to: '/admin/sign-in-apps', label: 'admin.apps', icon: AppWindow, needs: ['sso.manage'] },
      {
        to: '/admin/sign-in-policy',
        label: 'admin.signInPolicy',
        icon: ShieldCheck,
        needs: ['tenant.manage'],
      },
      { to: '/admin/provisioning', label: 'admin.provisioning', icon: RefreshCw, needs: ['tenant.manage'] },
      { to: '/admin/privacy', label: 'admin.privacy', icon: EyeOff, needs: ['users.manage'] },
      { to: '/admin/settings', label: 'admin.settings', icon: Settings, needs: ['tenant.manage'] },
    ],
  },
];

/** What this person may see of it; groups without an entry are left out. */
export const adminGroupsOf = (user: Pick<SessionUser, 'permissions'>): readonly SideGroup[] =>
  groups
    .map(({ title, places }) => ({ title, places: places.filter(({ needs }) => may(user, ...needs)) }))
    .filter(({ places }) => places.length > 0);

export const adminPlacesOf = (user: Pick<SessionUser, 'permissions'>): readonly SidePlace[] =>
  adminGroupsOf(user).flatMap(({ places }) => places);
