import { useQuery } from '@tanstack/react-query';
import { UserRoundCog } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { leaveActing } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { formatTime } from '../language/dates.js';
import { t } from '../language/t.js';
import { sessionQuery } from './session.queries.js';
import './acting-banner.css';

/** On every page while an operator acts as this person: who, why, until when, and the way out. */
export function ActingBanner() {
  const api = useApi();
  const { data: user } = useQuery({ ...sessionQuery(api), enabled: false });
  const [leaving, setLeaving] = useState(false);
  const acting = user?.acting ?? null;
  const expiresAt = acting?.expiresAt;
  const returnTo = acting?.returnTo;
  useEffect(() => {
    if (expiresAt === undefined || returnTo === undefined) return undefined;
    // The session ends by itself; nobody is left on a page that answers no more.
    const left = Math.max(0, new Date(expiresAt).getTime() - Date.now());
    const timer = setTimeout(() => {
      window.location.assign(returnTo);
    }, left + 1_000);
    return () => {
      clearTimeout(timer);
    };
  }, [expiresAt, returnTo]);
  if (acting === null || user === null || user === undefined) return null;
  const leave = async (): Promise<void> => {
    setLeaving(true);
    try {
      await api.send<typeof leaveActing>('DELETE', '/api/v1/auth/act-as');
    } finally {
      window.location.assign(acting.returnTo);
    }
  };
  return (
    <div className="acting" role="region" aria-label={t('acting.label')}>
      <p className="acting__text">
        <UserRoundCog aria-hidden />
        <span>
          {t('acting.banner', { operator: acting.operator, person: user.name, reason: acting.reason })} (
          {t('acting.until', { time: formatTime(new Date(acting.expiresAt)) })})
        </span>
      </p>
      <Button
        look="secondary"
        size="s"
        isPending={leaving}
        onPress={() => {
          void leave();
        }}
      >
        {t('acting.leave')}
      </Button>
    </div>
  );
}
