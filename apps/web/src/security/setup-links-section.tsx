import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type {
  ConnectionView,
  createSetupLink,
  NewSetupLink,
  revokeSetupLink,
  SetupKind,
  SetupLinkView,
} from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { FormDialog } from '../forms/form-dialog.js';
import { formatMoment } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { browserProviders, type BrowserProvider, providerName } from './connection-words.js';
import { connectionsQuery, setupLinksKey, setupLinksQuery } from './security.queries.js';
import { Value } from './value.js';
import './security.css';

const statuses = {
  open: ['setup.status.open', 'accent'],
  finished: ['setup.status.finished', 'good'],
  expired: ['setup.status.expired', 'neutral'],
  revoked: ['setup.status.revoked', 'neutral'],
} as const satisfies Readonly<Record<SetupLinkView['status'], readonly [MessageKey, BadgeTone]>>;

/** Links for the IT department, and one to make another. */
export function SetupLinksSection() {
  const found = useQuery(setupLinksQuery(useApi()));
  const known = useQuery(connectionsQuery(useApi()));
  return (
    <Section title={t('setup.links')} lead={t('setup.links.lead')}>
      <div className="sso-stack">
        <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
          {(links) =>
            links.length === 0 ? null : <Links links={links} ids={known.data?.map(({ id }) => id) ?? []} />
          }
        </Answer>
        <MakeLink />
      </div>
    </Section>
  );
}

/** The same of one connection: who sets it up, and how far that is. */
export function SetupLinksOf({ connection }: { readonly connection: ConnectionView }) {
  const found = useQuery(setupLinksQuery(useApi()));
  const links = (found.data ?? []).filter(({ connectionId }) => connectionId === connection.id);
  if (connection.state === 'active' && links.length === 0) return null;
  return (
    <Section title={t('setup.links')} lead={t('setup.links.lead')}>
      <div className="sso-stack">
        {links.length > 0 && <Links links={links} ids={[]} />}
        {connection.state !== 'active' && <MakeLink connection={connection} />}
      </div>
    </Section>
  );
}

function Links({
  links,
  ids,
}: {
  readonly links: readonly SetupLinkView[];
  readonly ids: readonly string[];
}) {
  return (
    <Table
      label={t('setup.links')}
      rows={links}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('sso.name'),
          cell: ({ name, connectionId, recipient }) => (
            <>
              {ids.includes(connectionId) ? (
                <Link to="/admin/sign-in/$connectionId" params={{ connectionId }}>
                  {name}
                </Link>
              ) : (
                name
              )}
              {recipient !== null && <span className="table__detail">{recipient}</span>}
            </>
          ),
        },
        {
          title: t('sso.state'),
          cell: (link) => {
            const [key, tone] = statuses[link.status];
            return (
              <>
                <Badge tone={tone}>{t(key)}</Badge>
                <span className="table__detail">{progressOf(link)}</span>
              </>
            );
          },
        },
        { title: t('setup.until'), cell: ({ expiresAt }) => formatMoment(expiresAt) },
        { title: t('setup.actions'), cell: (link) => link.status === 'open' && <Revoke link={link} /> },
      ]}
    />
  );
}

function progressOf({ openedAt, usedAt, finishedAt }: SetupLinkView): string {
  if (finishedAt !== null) return t('setup.finishedAt', { at: formatMoment(finishedAt) });
  if (openedAt === null) return t('setup.notOpened');
  return t('setup.usedAt', { at: formatMoment(usedAt ?? openedAt) });
}

function Revoke({ link: { id, name } }: { readonly link: SetupLinkView }) {
  const api = useApi();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () =>
      api.send<typeof revokeSetupLink>('DELETE', '/api/v1/sso/setup-links/:setupLinkId', {
        params: { setupLinkId: id },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: setupLinksKey }),
  });
  return (
    <Button
      look="quiet"
      size="s"
      aria-label={t('setup.revokeOf', { name })}
      isPending={revoke.isPending}
      onPress={() => {
        revoke.mutate();
      }}
    >
      {t('setup.revoke')}
    </Button>
  );
}

function MakeLink({ connection }: { readonly connection?: ConnectionView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="form__actions">
      <Button
        look="secondary"
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('setup.make')}
      </Button>
      {isOpen && (
        <NewLinkDialog
          connection={connection}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

type Choice = SetupKind | 'any';
const lives = ['1', '3', '7', '14', '30'] as const;

interface NewLinkProps {
  readonly connection: ConnectionView | undefined;
  readonly onClose: () => void;
}

function NewLinkDialog({ connection, onClose }: NewLinkProps) {
  const api = useApi();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [provider, setProvider] = useState<BrowserProvider>('entra');
  const [kind, setKind] = useState<Choice>('any');
  const [recipient, setRecipient] = useState('');
  const [uses, setUses] = useState<NewSetupLink['uses']>('one');
  const [days, setDays] = useState<(typeof lives)[number]>('7');
  const [tried, setTried] = useState(false);
  const subject =
    connection === undefined
      ? { name: name.trim(), provider, kind: kind === 'any' ? null : kind }
      : { connectionId: connection.id };
  const make = useMutation({
    mutationFn: () => {
      const mailed = recipient.trim() === '' ? null : recipient.trim();
      const body = { ...subject, recipient: mailed, uses, days: Number(days) };
      return api.send<typeof createSetupLink>('POST', '/api/v1/sso/setup-links', { body });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: setupLinksKey }),
  });
  if (make.data !== undefined) {
    const { url, link } = make.data.data;
    return <ShownOnce url={url} recipient={link.recipient} onClose={onClose} />;
  }
  const submit = (): void => {
    setTried(true);
    if (connection !== undefined || name.trim() !== '') make.mutate();
  };
  return (
    <FormDialog
      title={t('setup.make')}
      submit={t('setup.make.submit')}
      isPending={make.isPending}
      error={make.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {connection === undefined && (
        <>
          <TextField
            label={t('sso.name')}
            description={t('sso.nameAbout')}
            value={name}
            onChange={setName}
            isRequired
            maxLength={100}
            error={tried && name.trim() === '' ? t('field.nameMissing') : undefined}
          />
          <SelectField
            label={t('sso.provider')}
            value={provider}
            options={browserProviders.map((value) => ({ value, label: providerName(value) }))}
            onChange={setProvider}
          />
          <SelectField
            label={t('sso.kind')}
            value={kind}
            options={[
              { value: 'any', label: t('setup.kind.any') },
              { value: 'saml', label: 'SAML 2.0' },
              { value: 'oidc', label: 'OpenID Connect' },
            ]}
            onChange={setKind}
          />
        </>
      )}
      <TextField
        label={t('setup.recipient')}
        description={t('setup.recipientAbout')}
        type="email"
        autoComplete="off"
        value={recipient}
        onChange={setRecipient}
      />
      <SelectField
        label={t('setup.uses')}
        value={uses}
        options={[
          { value: 'one', label: t('setup.uses.first') },
          { value: 'many', label: t('setup.uses.anybody') },
        ]}
        onChange={setUses}
      />
      <SelectField
        label={t('setup.days')}
        value={days}
        options={lives.map((value) => ({ value, label: t('setup.day', { count: Number(value) }) }))}
        onChange={setDays}
      />
    </FormDialog>
  );
}

interface ShownOnceProps {
  readonly url: string;
  readonly recipient: string | null;
  readonly onClose: () => void;
}

function ShownOnce({ url, recipient, onClose }: ShownOnceProps) {
  return (
    <Dialog
      title={t('setup.made')}
      isOpen
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('action.close')}</Button>}
    >
      <Notice tone="good" title={t('setup.made.once')}>
        {recipient === null ? t('setup.made.byHand') : t('setup.made.mailed', { recipient })}
      </Notice>
      <Value label={t('setup.made.link')} value={url} />
    </Dialog>
  );
}
