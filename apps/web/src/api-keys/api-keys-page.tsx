import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, KeyRound, Plus } from 'lucide-react';
import { type SubmitEvent, useId, useState } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import { Check } from 'lucide-react';
import { permissions, type Permission } from '#libs/contracts';
import type {
  ApiKey,
  createApiKey,
  CreatedApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { EmptyState } from '../design/empty-state.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { formatAgo, formatShortDay } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { permissionName } from '../people/roles-page.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import '../design/check-field.css';
import './api-keys.css';

const keysKey = ['api-keys'] as const;

const keysQuery = (api: ApiClient) =>
  infiniteQueryOptions({
    queryKey: keysKey,
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listApiKeys>('/api/v1/api-keys', {
        query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

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
              {found.hasNextPage && (
                <p className="more">
                  <Button
                    look="secondary"
                    isPending={found.isFetchingNextPage}
                    onPress={() => {
                      void found.fetchNextPage();
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
        {t('keys.scopeCount', { count: scopes.length })}
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

const DAY = 86_400_000;
const lifetimes = ['30', '90', '365', 'never'] as const;

function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const form = useId();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(new Set(['courses.read']));
  const [lifetime, setLifetime] = useState<(typeof lifetimes)[number]>('90');
  const [tried, setTried] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      api.send<typeof createApiKey>('POST', '/api/v1/api-keys', {
        body: {
          name,
          scopes: [...scopes],
          expiresAt:
            lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * DAY).toISOString(),
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysKey }),
  });
  if (create.data !== undefined) return <ShownOnce apiKey={create.data.data} onClose={onClose} />;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '' && scopes.size > 0) create.mutate();
  };
  return (
    <Dialog
      title={t('keys.new')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" form={form} isPending={create.isPending}>
            {t('keys.create')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <FormProblem error={create.error} />
        <TextField
          label={t('field.name')}
          description={t('keys.nameHint')}
          value={name}
          onChange={setName}
          isRequired
          maxLength={100}
          error={tried && name.trim() === '' ? t('field.nameMissing') : undefined}
        />
        <SelectField
          label={t('keys.lifetime')}
          value={lifetime}
          onChange={setLifetime}
          options={lifetimes.map((value) => ({
            value,
            label: value === 'never' ? t('keys.noEnd') : t('keys.days', { count: Number(value) }),
          }))}
        />
        <fieldset className="scopes">
          <legend className="field__label">{t('keys.scopes')}</legend>
          {tried && scopes.size === 0 && (
            <p className="field__error" role="alert">
              {t('keys.scopesMissing')}
            </p>
          )}
          <div className="scopes__list">
            {permissions
              .filter((permission) => user.permissions.includes(permission))
              .map((permission) => (
                <CheckboxField
                  key={permission}
                  isSelected={scopes.has(permission)}
                  onChange={(isSelected) => {
                    const next = new Set(scopes);
                    if (isSelected) next.add(permission);
                    else next.delete(permission);
                    setScopes(next);
                  }}
                >
                  <CheckboxButton className="form-check__button">
                    <span className="form-check__box" aria-hidden="true">
                      <Check />
                    </span>
                    <span>{permissionName(permission)}</span>
                  </CheckboxButton>
                </CheckboxField>
              ))}
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
}

const graces = ['0', '3600', '86400', '604800'] as const;
const graceNames: Readonly<Record<(typeof graces)[number], MessageKey>> = {
  '0': 'keys.grace.now',
  '3600': 'keys.grace.hour',
  '86400': 'keys.grace.day',
  '604800': 'keys.grace.week',
};

function RotateDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const [grace, setGrace] = useState<(typeof graces)[number]>('86400');
  const rotate = useMutation({
    mutationFn: () =>
      api.send<typeof rotateApiKey>('POST', '/api/v1/api-keys/:apiKeyId/rotate', {
        params: { apiKeyId: apiKey.id },
        body: { graceSeconds: Number(grace) },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysKey }),
  });
  if (rotate.data !== undefined) return <ShownOnce apiKey={rotate.data.data} onClose={onClose} />;
  return (
    <Dialog
      title={t('keys.rotateOf', { name: apiKey.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            isPending={rotate.isPending}
            onPress={() => {
              rotate.mutate();
            }}
          >
            {t('keys.rotate')}
          </Button>
        </>
      }
    >
      <div className="form">
        <FormProblem error={rotate.error} />
        <p>{t('keys.rotateText')}</p>
        <SelectField
          label={t('keys.grace')}
          value={grace}
          onChange={setGrace}
          options={graces.map((value) => ({ value, label: t(graceNames[value]) }))}
        />
      </div>
    </Dialog>
  );
}

function RevokeDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const revoke = useMutation({
    mutationFn: () =>
      api.send<typeof revokeApiKey>('DELETE', '/api/v1/api-keys/:apiKeyId', {
        params: { apiKeyId: apiKey.id },
      }),
    onSuccess: () => {
      toasts.show(t('keys.revoked', { name: apiKey.name }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keysKey }),
  });
  return (
    <Dialog
      title={t('keys.revokeOf', { name: apiKey.name })}
      isOpen
      role="alertdialog"
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            look="danger"
            isPending={revoke.isPending}
            onPress={() => {
              revoke.mutate();
            }}
          >
            {t('keys.revoke')}
          </Button>
        </>
      }
    >
      <FormProblem error={revoke.error} />
      <p>{t('keys.revokeText')}</p>
    </Dialog>
  );
}

/** The only time that the key is to be seen. */
function ShownOnce({ apiKey, onClose }: { readonly apiKey: CreatedApiKey; readonly onClose: () => void }) {
  return (
    <Dialog
      title={t('keys.created', { name: apiKey.name })}
      isOpen
      role="alertdialog"
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('keys.kept')}</Button>}
    >
      <div className="form">
        <Notice tone="warn" title={t('keys.once')}>
          {t('keys.onceText')}
        </Notice>
        <CopyField label={t('keys.key')} value={apiKey.key} />
      </div>
    </Dialog>
  );
}

/** A value that is to be carried elsewhere: to be seen, chosen and copied. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const toasts = useToasts();
  const copy = (): void => {
    navigator.clipboard.writeText(value).then(
      () => {
        toasts.show(t('action.copied'));
      },
      (error: unknown) => {
        toasts.show(isProblem(error) ? error.detail : t('action.notCopied'), 'bad');
      },
    );
  };
  return (
    <div className="copy-field">
      <span className="copy-field__label">{label}</span>
      <div className="copy-field__row">
        <code className="copy-field__value" dir="ltr">
          {value}
        </code>
        <Button
          look="secondary"
          size="s"
          icon={<Copy aria-hidden />}
          aria-label={t('action.copyOf', { name: label })}
          onPress={copy}
        >
          {t('action.copy')}
        </Button>
      </div>
    </div>
  );
}
