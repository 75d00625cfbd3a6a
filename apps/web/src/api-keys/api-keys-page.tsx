import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ApiKey } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { MoreButton } from '../design/more-button.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatNumber } from '../language/numbers.js';
import { formatAgo, formatShortDay } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { permissionName } from '../people/roles-page.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { keysQuery } from './api-keys.queries.js';
import { NewKeyDialog, RevokeDialog, RotateDialog } from './key-dialogs.js';

export function ApiKeysPage() {
  usePageTitle(t('admin.apiKeys'));
  return may(useUser(), 'api_keys.manage') ? <ApiKeys /> : <Forbidden />;
}

type Asked = { readonly kind: 'new' } | { readonly kind: 'rotate' | 'revoke'; readonly key: ApiKey };

function ApiKeys() {
  const found = useInfiniteQuery(keysQuery(useApi()));
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => {
    setAsked(null);
  };
  const create = (
    <Button
      icon={<Plus aria-hidden />}
      onPress={() => {
        setAsked({ kind: 'new' });
      }}
    >
      {t('keys.new')}
    </Button>
  );
  return (
    <>
      <PageHeading title={t('admin.apiKeys')} actions={create}>
        {t('keys.lead')}
      </PageHeading>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {({ pages }) => {
          const keys = pages.flatMap(({ items }) => items);
          if (keys.length === 0) {
            return (
              <EmptyState icon={KeyRound} title={t('keys.none.title')} action={create}>
                {t('keys.none.text')}
              </EmptyState>
            );
          }
          return (
            <>
              <Table
                label={t('admin.apiKeys')}
                rows={keys}
                keyOf={({ id }) => id}
                columns={columnsOf(setAsked)}
              />
              <MoreButton of={found} />
            </>
          );
        }}
      </Answer>
      {asked?.kind === 'new' && <NewKeyDialog onClose={close} />}
      {asked?.kind === 'rotate' && <RotateDialog apiKey={asked.key} onClose={close} />}
      {asked?.kind === 'revoke' && <RevokeDialog apiKey={asked.key} onClose={close} />}
    </>
  );
}

const tones: Readonly<Record<ApiKey['status'], BadgeTone>> = {
  active: 'good',
  expired: 'warn',
  revoked: 'neutral',
};

const columnsOf = (ask: (asked: Asked) => void) => [
  {
    title: t('field.name'),
    cell: ({ name, prefix }: ApiKey) => (
      <span className="people__names">
        <span className="table__name">{name}</span>
        <code className="table__detail" dir="ltr">{`hk_${prefix}_…`}</code>
      </span>
    ),
  },
  {
    title: t('keys.scopes'),
    cell: ({ scopes }: ApiKey) => (
      <span title={scopes.map((scope) => permissionName(scope)).join(', ')}>
        {formatNumber(scopes.length)}
      </span>
    ),
  },
  {
    title: t('keys.used'),
    cell: ({ lastUsedAt }: ApiKey) => (lastUsedAt === null ? t('people.never') : formatAgo(lastUsedAt)),
  },
  {
    title: t('keys.expires'),
    cell: ({ expiresAt }: ApiKey) => (expiresAt === null ? t('people.never') : formatShortDay(expiresAt)),
  },
  { title: t('keys.by'), cell: ({ createdByName }: ApiKey) => createdByName ?? '–' },
  {
    title: t('people.status'),
    cell: ({ status }: ApiKey) => (
      <Badge tone={tones[status]}>{t(`keys.status.${status}` satisfies MessageKey)}</Badge>
    ),
  },
  {
    title: t('table.actions'),
    cell: (key: ApiKey) =>
      key.status === 'active' ? (
        <span className="row-actions">
          <Button
            look="secondary"
            size="s"
            aria-label={t('keys.rotateOf', { name: key.name })}
            onPress={() => {
              ask({ kind: 'rotate', key });
            }}
          >
            {t('keys.rotate')}
          </Button>
          <Button
            look="quiet"
            size="s"
            aria-label={t('keys.revokeOf', { name: key.name })}
            onPress={() => {
              ask({ kind: 'revoke', key });
            }}
          >
            {t('keys.revoke')}
          </Button>
        </span>
      ) : (
        '–'
      ),
  },
];
