import { Building2, Database } from 'lucide-react';
import { type SideGroup } from '../shell/side-nav.js';

/** The pages of the control centre. A page adds its entry here with its route in routes/operator.routes.ts. */
export const controlGroups: readonly SideGroup[] = [
  {
    title: 'control.group.tenants',
    places: [{ to: '/control', label: 'control.tenants', icon: Building2, exact: true }],
  },
  {
    title: 'control.group.platform',
    places: [{ to: '/control/shards', label: 'control.shards', icon: Database }],
  },
];
