import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import type {
  createScimToken,
  revokeScimToken,
  rotateScimToken,
  ScimStatus,
  ScimToken,
} from '#libs/contracts/auth';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { CopyField } from '../design/copy-field.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton, SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { formatAgo, formatMoment } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { scimKey, scimStatusQuery, scimTokensQuery } from './factors.queries.js';
import './factors.css';
import '../account/sessions.css';

const PATH = '/api/v1/scim/tokens';

export function ProvisioningPage() {
  usePageTitle(t('admin.provisioning'));
  return may(useUser(), 'tenant.manage') ? <Provisioning /> : <Forbidden />;
}

function Provisioning() {
  const found = useQuery(scimStatusQuery(useApi()));
  return (
    <>
      <PageHeading title={t('admin.provisioning')}>{t('scim.lead')}</PageHeading>
      <Answer of={found} skeleton={<Skeleton className="skeleton--sessions" />}>
        {(status) => (
          <>
            <Section title={t('scim.connect')} lead={t('scim.connectLead')}>
              <CopyField
                label={t('scim.url')}
                value={status.baseUrl}
                action={t('scim.copy')}
                done={t('scim.copied')}
              />
            </Section>
            <TokensSection />
            <StateSection status={status} />
            <FailuresSection failures={status.failures} />
          </>
        )}
      </Answer>
    </>
  );
}

function StateSection({ status: { lastRequestAt, users, groups } }: { readonly status: ScimStatus }) {
  return (
    <Section title={t('scim.status')} lead={t('scim.statusLead')}>
      <dl className="scim-figures">
        <div>
          <dt>{t('scim.last')}</dt>
          <dd>{lastRequestAt === null ? t('scim.never') : formatAgo(lastRequestAt)}</dd>
        </div>
        <div>
          <dt>{t('scim.users')}</dt>
          <dd>{formatNumber(users)}</dd>
        </div>
        <div>
          <dt>{t('scim.groups')}</dt>
          <dd>{formatNumber(groups)}</dd>
        </div>
      </dl>
    </Section>
  );
}

function FailuresSection({ failures }: Pick<ScimStatus, 'failures'>) {
  return (
    <Section title={t('scim.failures')} lead={t('scim.failuresLead')}>
      {failures.length === 0 ? (
        <p>{t('scim.failuresNone')}</p>
      ) : (
        <Table
          label={t('scim.failures')}
          rows={failures.map((failure, place) => ({ ...failure, key: `${failure.at} ${place}` }))}
          keyOf={({ key }) => key}
          columns={[
            { title: t('scim.failureWhat'), cell: ({ operation }) => <code>{operation}</code> },
            { title: t('scim.failureWhy'), cell: ({ detail, status }) => `${detail} (${status})` },
            { title: t('scim.failureAt'), cell: ({ at }) => formatMoment(at) },
          ]}
        />
      )}
    </Section>
  );
}

function TokensSection() {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const tokens = useQuery(scimTokensQuery(api));
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const changed = { onSettled: () => queries.invalidateQueries({ queryKey: scimKey }) };
  const failed = (error: unknown): void => {
    if (!isProblem(error, 'auth.step_up_required')) toasts.show(t('problem.unknown.title'), 'bad');
  };
  const create = useMutation({
    ...changed,
    mutationFn: async () => (await api.send<typeof createScimToken>('POST', PATH, { body: { name } })).data,
    onSuccess: ({ token }) => {
      setMade(token);
      setName('');
      setTried(false);
    },
  });
  const rotate = useMutation({
    ...changed,
    mutationFn: async (scimTokenId: string) =>
      (
        await api.send<typeof rotateScimToken>('POST', `${PATH}/:scimTokenId/rotate`, {
          params: { scimTokenId },
          body: {},
        })
      ).data,
    onSuccess: ({ token }) => {
      setMade(token);
      toasts.show(t('scim.rotated'));
    },
    onError: failed,
  });
  const revoke = useMutation({
    ...changed,
    mutationFn: (scimTokenId: string) =>
      api.send<typeof revokeScimToken>('DELETE', `${PATH}/:scimTokenId`, { params: { scimTokenId } }),
    onSuccess: () => {
      toasts.show(t('scim.revoked'));
    },
    onError: failed,
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '') create.mutate();
  };
  return (
    <Section title={t('scim.tokens')} lead={t('scim.tokensLead')}>
      <div className="factor-form">
        {made !== null && (
          <Notice tone="good" title={t('scim.tokenMade')} live>
            <p>{t('scim.tokenMadeText')}</p>
            <CopyField
              label={t('scim.tokens')}
              value={made}
              action={t('scim.copy')}
              done={t('scim.copied')}
            />
          </Notice>
        )}
        <form className="copy-field" onSubmit={submit} noValidate>
          {!isProblem(create.error, 'auth.step_up_required') && <FormProblem error={create.error} />}
          <TextField
            label={t('scim.tokenName')}
            value={name}
            onChange={setName}
            maxLength={100}
            isRequired
            error={tried && name.trim() === '' ? t('scim.tokenNameMissing') : null}
          />
          <Button type="submit" icon={<KeyRound aria-hidden />} isPending={create.isPending}>
            {t('scim.tokenNew')}
          </Button>
        </form>
        <Answer of={tokens} skeleton={<SkeletonText lines={2} />}>
          {(all) =>
            all.length === 0 ? (
              <p>{t('scim.tokensNone')}</p>
            ) : (
              <Table
                label={t('scim.tokens')}
                rows={all}
                keyOf={({ id }) => id}
                columns={[
                  {
                    title: t('scim.tokenName'),
                    cell: (token) => (
                      <>
                        {token.name} <code>{token.prefix}…</code>
                      </>
                    ),
                  },
                  { title: t('scim.tokenState'), cell: (token) => <TokenState status={token.status} /> },
                  {
                    title: t('scim.tokenUsed'),
                    cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('scim.never') : formatAgo(lastUsedAt)),
                  },
                  {
                    title: t('scim.tokenActions'),
                    cell: (token) => (
                      <TokenActions
                        token={token}
                        isBusy={rotate.isPending || revoke.isPending}
                        onRotate={() => {
                          rotate.mutate(token.id);
                        }}
                        onRevoke={() => {
                          revoke.mutate(token.id);
                        }}
                      />
                    ),
                  },
                ]}
              />
            )
          }
        </Answer>
      </div>
    </Section>
  );
}

function TokenState({ status }: Pick<ScimToken, 'status'>) {
  if (status === 'active') return <Badge tone="good">{t('scim.token.active')}</Badge>;
  return <Badge>{status === 'expired' ? t('scim.token.expired') : t('scim.token.revoked')}</Badge>;
}

interface TokenActionsProps {
  readonly token: ScimToken;
  readonly isBusy: boolean;
  readonly onRotate: () => void;
  readonly onRevoke: () => void;
}

function TokenActions({ token: { name, status }, isBusy, onRotate, onRevoke }: TokenActionsProps) {
  const [isAsked, setAsked] = useState(false);
  if (status !== 'active') return null;
  return (
    <span className="factor-form__tools">
      <Button
        look="quiet"
        size="s"
        isDisabled={isBusy}
        aria-label={t('scim.rotateOf', { name })}
        onPress={onRotate}
      >
        {t('scim.rotate')}
      </Button>
      <Button
        look="quiet"
        size="s"
        isDisabled={isBusy}
        aria-label={t('scim.revokeOf', { name })}
        onPress={() => {
          setAsked(true);
        }}
      >
        {t('scim.revoke')}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t('scim.revokeOf', { name })}
          confirm={t('scim.revoke')}
          isPending={false}
          onConfirm={() => {
            setAsked(false);
            onRevoke();
          }}
          onClose={() => {
            setAsked(false);
          }}
        >
          <p>{t('scim.revokeText')}</p>
        </ConfirmDialog>
      )}
    </span>
  );
}
