import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import type { endOtherSessions, endSession, Session } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { formatAgo, formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { sessionsKey, sessionsQuery } from './account.queries.js';
import { deviceOf } from './device-name.js';
import './sessions.css';

export function SessionsSection() {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const sessions = useQuery(sessionsQuery(api));
  const ended = {
    onSuccess: () => {
      toasts.show(t('sessions.ended'));
    },
    onError: () => {
      toasts.show(t('problem.unknown.title'), 'bad');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  };
  const end = useMutation({
    mutationFn: (sessionId: string) =>
      api.send<typeof endSession>('DELETE', '/api/v1/auth/sessions/:sessionId', { params: { sessionId } }),
    ...ended,
  });
  const endOthers = useMutation({
    mutationFn: () => api.send<typeof endOtherSessions>('DELETE', '/api/v1/auth/sessions'),
    ...ended,
  });
  const others = sessions.data?.filter(({ current }) => !current) ?? [];
  return (
    <Section id="sessions" title={t('account.sessions')} lead={t('sessions.lead')}>
      <Answer of={sessions} skeleton={<Skeleton className="skeleton--sessions" />}>
        {(all) => (
          <ul className="sessions">
            {all.map((session) => (
              <SessionItem
                key={session.id}
                session={session}
                isEnding={end.isPending && end.variables === session.id}
                onEnd={() => {
                  end.mutate(session.id);
                }}
              />
            ))}
          </ul>
        )}
      </Answer>
      {others.length > 1 && (
        <p className="sessions__all">
          <Button
            look="secondary"
            isPending={endOthers.isPending}
            onPress={() => {
              endOthers.mutate();
            }}
          >
            {t('sessions.endOthers')}
          </Button>
        </p>
      )}
    </Section>
  );
}

interface SessionItemProps {
  readonly session: Session;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
}

function SessionItem({ session, isEnding, onEnd }: SessionItemProps) {
  const device = deviceOf(session.userAgent);
  const Icon = device.isPhone ? Smartphone : Laptop;
  const name = [device.browser, device.system].filter(Boolean).join(' · ') || t('sessions.unknownDevice');
  return (
    <li className="sessions__item">
      <Icon aria-hidden className="sessions__icon" />
      <div className="sessions__text">
        <p className="sessions__name">
          {name} {session.current && <Badge tone="good">{t('sessions.this')}</Badge>}
        </p>
        <p>
          {session.ip !== null && `${session.ip} · `}
          <time dateTime={session.lastSeenAt} title={formatMoment(session.lastSeenAt)}>
            {t('sessions.seen', { when: formatAgo(session.lastSeenAt) })}
          </time>
        </p>
      </div>
      {!session.current && (
        <Button
          look="quiet"
          size="s"
          isPending={isEnding}
          onPress={onEnd}
          aria-label={t('sessions.endOf', { name })}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
