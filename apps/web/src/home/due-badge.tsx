import { CalendarClock } from 'lucide-react';
import { Badge, type BadgeTone } from '../design/badge.js';
import { formatAgo, formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { type DueState, dueState } from './my-learning.js';

const tones: Readonly<Record<DueState, BadgeTone>> = { overdue: 'bad', soon: 'warn', later: 'neutral' };

export function DueBadge({ dueAt }: { readonly dueAt: string }) {
  const state = dueState(dueAt, new Date());
  return (
    <Badge tone={tones[state]} icon={<CalendarClock aria-hidden />}>
      {state === 'overdue' && t('due.overdue', { when: formatShortDay(dueAt) })}
      {state === 'soon' && t('due.soon', { when: formatAgo(dueAt) })}
      {state === 'later' && t('due.later', { when: formatShortDay(dueAt) })}
    </Badge>
  );
}
