import type { UserStatus } from '#libs/contracts/auth';
import { Badge, type BadgeTone } from '../design/badge.js';
import { type MessageKey, t } from '../language/t.js';

const tones: Readonly<Record<UserStatus, BadgeTone>> = {
  active: 'good',
  invited: 'accent',
  deactivated: 'neutral',
};
export const statusNames: Readonly<Record<UserStatus, MessageKey>> = {
  active: 'people.active',
  invited: 'people.invited',
  deactivated: 'people.deactivated',
};

export function StatusBadge({ status }: { readonly status: UserStatus }) {
  return <Badge tone={tones[status]}>{t(statusNames[status])}</Badge>;
}
