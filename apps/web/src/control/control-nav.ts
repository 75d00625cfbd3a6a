import { Activity, Building2, Database, GitBranch, ListChecks, Mail, PackageOpen } from 'lucide-react';
import { type SideGroup } from '../shell/side-nav.js';

/** The pages of the control centre. A page adds its entry here with its route in routes/operator.routes.ts. */
export const controlGroups: readonly SideGroup[] = [
  {
    title: 'control.group.tenants',
    places: [
      { to: '/control', label: 'control.tenants', icon: Building2, exact: true },
      { to: '/control/onboardings', label: 'control.onboardings', icon: PackageOpen },
    ],
  },
  {
    title: 'control.group.platform',
    places: [
      { to: '/control/platform', label: 'control.platform', icon: Activity },
      { to: '/control/shards', label: 'control.shards', icon: Database },
      { to: '/control/events', label: 'control.events', icon: GitBranch },
      { to: '/control/queues', label: 'control.queues', icon: ListChecks },
      { to: '/control/mails', label: 'control.mails', icon: Mail },
    ],
  },
];
