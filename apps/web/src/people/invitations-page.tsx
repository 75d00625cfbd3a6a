import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import type { createInvitation, Invitation, reactivateUser, revokeInvitation } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { PeopleTabs } from './people-tabs.js';
import { invitationsQuery, peopleKey } from './people.queries.js';
import { roleName } from './role-name.js';

export function InvitationsPage() {
  usePageTitle(t('people.tab.invitations'));
  if (!may(useUser(), 'users.invite')) return <Forbidden />;
  return (
    <>
      <PageHeading title={t('people.tab.invitations')}>{t('invitations.lead')}</PageHeading>
      <PeopleTabs />
      <Invitations />
    </>
  );
}

function Invitations() {
  const api = useApi();
  const open = useInfiniteQuery(invitationsQuery(api));
  const { resend, revoke } = useInvitationChanges();
  return (
    <Answer of={open} skeleton={<Skeleton className="skeleton--list" />}>
      {({ pages }) => {
        const invitations = pages.flatMap(({ items }) => items);
        if (invitations.length === 0) {
          return (
            <EmptyState icon={MailCheck} title={t('invitations.none.title')}>
              {t('invitations.none.text')}
            </EmptyState>
          );
        }
        return (
          <>
            <Table
              label={t('people.tab.invitations')}
              rows={invitations}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: t('field.name'),
                  cell: ({ name, email }) => (
                    <span className="people__names">
                      <span className="table__name">{name}</span>
                      <span className="table__detail" dir="ltr">
                        {email}
                      </span>
                    </span>
                  ),
                },
                { title: t('people.role'), cell: ({ role }) => roleName(role) },
                { title: t('invitations.sent'), cell: ({ createdAt }) => formatAgo(createdAt) },
                {
                  title: t('invitations.expires'),
                  cell: ({ expiresAt }) =>
                    new Date(expiresAt) <= new Date() ? (
                      <Badge tone="warn">{t('invitations.expired')}</Badge>
                    ) : (
                      formatAgo(expiresAt)
                    ),
                },
                {
                  title: t('table.actions'),
                  cell: (invitation) => (
                    <span className="row-actions">
                      <Button
                        look="secondary"
                        size="s"
                        aria-label={t('invitations.resendTo', { email: invitation.email })}
                        isPending={resend.isPending && resend.variables.id === invitation.id}
                        onPress={() => {
                          resend.mutate(invitation);
                        }}
                      >
                        {t('invitations.resend')}
                      </Button>
                      <Button
                        look="quiet"
                        size="s"
                        aria-label={t('invitations.revokeOf', { email: invitation.email })}
                        isPending={revoke.isPending && revoke.variables.id === invitation.id}
                        onPress={() => {
                          revoke.mutate(invitation);
                        }}
                      >
                        {t('invitations.revoke')}
                      </Button>
                    </span>
                  ),
                },
              ]}
            />
            {open.hasNextPage && (
              <p className="more">
                <Button
                  look="secondary"
                  isPending={open.isFetchingNextPage}
                  onPress={() => {
                    void open.fetchNextPage();
                  }}
                >
                  {t('action.more')}
                </Button>
              </p>
            )}
          </>
        );
      }}
    </Answer>
  );
}

function useInvitationChanges() {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const onSettled = () => queries.invalidateQueries({ queryKey: peopleKey });
  const onError = (error: unknown): void => {
    toasts.show(isProblem(error) && error.status < 500 ? error.detail : t('problem.unknown.title'), 'bad');
  };
  const send = ({ email }: Invitation) =>
    api.send<typeof createInvitation>('POST', '/api/v1/invitations', { body: { email } });
  const resend = useMutation({
    mutationFn: send,
    onSuccess: (_, { email }) => {
      toasts.show(t('people.invitedToast', { email }));
    },
    ...{ onSettled, onError },
  });
  // The seat is taken again and a new link goes out: the old one is dead for good.
  const restore = useMutation({
    mutationFn: async (invitation: Invitation) => {
      await api.send<typeof reactivateUser>('POST', '/api/v1/users/:userId/reactivate', {
        params: { userId: invitation.userId },
      });
      return send(invitation);
    },
    onSuccess: (_, { email }) => {
      toasts.show(t('people.invitedToast', { email }));
    },
    ...{ onSettled, onError },
  });
  const revoke = useMutation({
    mutationFn: ({ id }: Invitation) =>
      api.send<typeof revokeInvitation>('DELETE', '/api/v1/invitations/:invitationId', {
        params: { invitationId: id },
      }),
    onSuccess: (_, invitation) => {
      toasts.show(t('invitations.revoked', { email: invitation.email }), 'good', {
        label: t('action.undo'),
        run: () => {
          restore.mutate(invitation);
        },
      });
    },
    ...{ onSettled, onError },
  });
  return { resend, revoke };
}
