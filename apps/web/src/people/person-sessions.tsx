import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import type { endUserSession, endUserSessions } from '#libs/contracts/auth';
import { deviceOf } from '../account/device-name.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Button } from '../design/button.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { formatAgo, formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { sessionsOfQuery } from './people.queries.js';
import '../account/sessions.css';

/** Where the person is signed in, and the end of that. */
export function PersonSessions({ userId }: { readonly userId: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const sessions = useQuery(sessionsOfQuery(api, userId));
  const ended = {
    onSuccess: () => {
      toasts.show(t('sessions.ended'));
    },
    onError: (error: unknown) => {
      toasts.show(isProblem(error) && error.status < 500 ? error.detail : t('problem.unknown.title'), 'bad');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsOfQuery(api, userId).queryKey }),
  };
  const end = useMutation({
    mutationFn: (sessionId: string) =>
      api.send<typeof endUserSession>('DELETE', '/api/v1/users/:userId/sessions/:sessionId', {
        params: { userId, sessionId },
      }),
    ...ended,
  });
  const endAll = useMutation({
    mutationFn: () =>
      api.send<typeof endUserSessions>('DELETE', '/api/v1/users/:userId/sessions', {
        params: { userId },
      }),
    ...ended,
  });
  return (
    <Answer of={sessions} skeleton={<Skeleton className="skeleton--sessions" />}>
      {(items) =>
        items.length === 0 ? (
          <p>{t('person.noSessions')}</p>
        ) : (
          <>
            <ul className="sessions">
              {items.map((session) => {
                const { browser, system, isPhone } = deviceOf(session.userAgent);
                const Device = isPhone ? Smartphone : Laptop;
                const known = [browser, system].filter((part) => part !== null).join(' · ');
                const name = known === '' ? t('sessions.unknownDevice') : known;
                return (
                  <li key={session.id} className="sessions__item">
                    <Device className="sessions__icon" aria-hidden />
                    <div className="sessions__text">
                      <p className="sessions__name">{name}</p>
                      <p>
                        {[
                          session.ip,
                          t('sessions.seen', { when: formatAgo(session.lastSeenAt) }),
                          formatMoment(session.startedAt),
                        ]
                          .filter((part) => part !== null)
                          .join(' · ')}
                      </p>
                    </div>
                    <Button
                      look="secondary"
                      size="s"
                      aria-label={t('sessions.endOf', { name })}
                      isPending={end.isPending && end.variables === session.id}
                      onPress={() => {
                        end.mutate(session.id);
                      }}
                    >
                      {t('sessions.end')}
                    </Button>
                  </li>
                );
              })}
            </ul>
            <p className="sessions__all">
              <Button
                look="secondary"
                isPending={endAll.isPending}
                onPress={() => {
                  endAll.mutate();
                }}
              >
                {t('person.endSessions')}
              </Button>
            </p>
          </>
        )
      }
    </Answer>
  );
}
