import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type {
  checkLdap,
  ConnectionView,
  LdapChecked,
  LdapView,
  updateConnection,
} from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Section } from '../design/section.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { type MessageKey, t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { reasonText } from './connection-words.js';
import { DirectoryForm, directoryFields, directoryInput, type DirectoryFields } from './directory-form.js';
import { DirectorySync } from './directory-sync.js';
import { connectionsKey } from './security.queries.js';

interface PanelProps {
  readonly connection: ConnectionView;
  readonly ldap: LdapView;
  readonly etag: string;
}

/** What the page of a connection shows of a directory. */
export function DirectoryPanel({ connection, ldap, etag }: PanelProps) {
  return (
    <>
      <Servers ldap={ldap} />
      <Check connectionId={connection.id} />
      <DirectorySync connection={connection} ldap={ldap} etag={etag} />
      <Settings connection={connection} ldap={ldap} etag={etag} />
    </>
  );
}

const healthKeys = {
  unknown: 'ldap.health.unknown',
  well: 'ldap.health.well',
  failing: 'ldap.health.failing',
} as const satisfies Readonly<Record<LdapView['health'][number]['state'], MessageKey>>;

function Servers({ ldap }: Pick<PanelProps, 'ldap'>) {
  return (
    <Section title={t('ldap.servers')} lead={t('ldap.health.lead')}>
      <Table
        label={t('ldap.servers')}
        rows={ldap.health}
        keyOf={({ host, port }) => `${host}:${port}`}
        columns={[
          { title: t('ldap.server'), cell: ({ host, port }) => <code dir="ltr">{`${host}:${port}`}</code> },
          {
            title: t('sso.state'),
            cell: ({ state, reason }) => (reason === null ? t(healthKeys[state]) : reasonText(reason)),
          },
        ]}
      />
    </Section>
  );
}

const checkKeys: Readonly<Record<string, MessageKey>> = {
  ldap_server: 'ldap.check.server',
  ldap_tls: 'ldap.check.tls',
  ldap_bind: 'ldap.check.bind',
  ldap_base: 'ldap.check.base',
  ldap_person: 'ldap.check.person',
  ldap_groups: 'ldap.check.groups',
};

function Check({ connectionId }: { readonly connectionId: string }) {
  const api = useApi();
  const [username, setUsername] = useState('');
  const check = useMutation({
    mutationFn: async () => {
      const path = `/api/v1/sso/connections/${connectionId}/ldap/check`;
      const body = { username: username.trim() === '' ? null : username };
      return (await api.send<typeof checkLdap>('POST', path, { body })).data;
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    check.mutate();
  };
  return (
    <Section title={t('ldap.check')} lead={t('ldap.checkLead')}>
      <form className="directory-fields" onSubmit={submit} noValidate>
        <TextField
          label={t('ldap.check.name')}
          description={t('ldap.check.nameAbout')}
          value={username}
          onChange={setUsername}
          spellCheck="false"
          autoComplete="off"
        />
        <FormProblem error={check.error} />
        <div className="form__actions">
          <Button type="submit" look="secondary" isPending={check.isPending}>
            {t('ldap.check.action')}
          </Button>
        </div>
      </form>
      {check.data !== undefined && <Found checked={check.data} />}
    </Section>
  );
}

function Found({ checked: { checks, reason, attributes } }: { readonly checked: LdapChecked }) {
  const rows = Object.entries(attributes).map(([name, values]) => ({ name, values }));
  return (
    <div className="directory-fields" role="status">
      <Notice
        tone={reason === null ? 'good' : 'bad'}
        title={reason === null ? t('ldap.check.well') : reasonText(reason)}
      >
        <ul className="directory-steps">
          {checks.map(({ check, ok, expected, actual }) => (
            <li key={check}>
              <strong>{t(ok ? (checkKeys[check] ?? 'ldap.check.step') : 'ldap.check.failed')}</strong>
              {expected !== null && !ok && <span>{t('ldap.check.expected', { expected })}</span>}
              {actual !== null && <code dir="ltr">{actual}</code>}
            </li>
          ))}
        </ul>
      </Notice>
      {rows.length > 0 && (
        <Table
          label={t('sso.attempt.attributes')}
          rows={rows}
          keyOf={({ name }) => name}
          columns={[
            { title: t('sso.attempt.attribute'), cell: ({ name }) => <code>{name}</code> },
            { title: t('sso.attempt.values'), cell: ({ values }) => values.join(', ') },
          ]}
        />
      )}
    </div>
  );
}

/** Settings are looked at before they are saved: an open connection that finds nobody any more would keep everybody out. */
function Settings({ connection, ldap, etag }: PanelProps) {
  const { id, updatedAt } = connection;
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState(connection.name);
  const save = useMutation({
    mutationFn: async ({ fields, unseen }: { fields: DirectoryFields; unseen: boolean }) => {
      const path = `/api/v1/sso/connections/${id}`;
      const input = directoryInput(fields, ldap);
      const wanted = name.trim() === '' ? connection.name : name.trim();
      if (!unseen) {
        const body = { username: null, ldap: input };
        const { data } = await api.send<typeof checkLdap>('POST', `${path}/ldap/check`, { body });
        if (data.reason !== null) return { checked: data, fields };
      }
      await api.send<typeof updateConnection>('PATCH', path, {
        body: { name: wanted, ldap: input },
        ifMatch: etag,
      });
      return null;
    },
    onSuccess: async (found) => {
      if (found !== null) return;
      setOpen(false);
      toasts.show(t('sso.saved'));
      await queries.invalidateQueries({ queryKey: connectionsKey });
    },
  });
  if (!isOpen) {
    return (
      <div className="form__actions">
        <Button
          look="secondary"
          onPress={() => {
            setOpen(true);
          }}
        >
          {t('ldap.change')}
        </Button>
      </div>
    );
  }
  const found = save.data ?? null;
  return (
    <>
      <Section title={t('ldap.change')} lead={t('ldap.changeLead')}>
        <div className="directory-fields">
          <TextField label={t('sso.name')} description={t('sso.nameAbout')} value={name} onChange={setName} />
        </div>
      </Section>
      <DirectoryForm
        key={updatedAt}
        initial={directoryFields(ldap)}
        action={t('ldap.save')}
        hasPassword
        error={save.error}
        isPending={save.isPending}
        onSubmit={(fields) => {
          save.mutate({ fields, unseen: false });
        }}
      >
        {found !== null && (
          <div className="sso-stack sso-list">
            <Found checked={found.checked} />
            <div className="form__actions">
              <Button
                look="secondary"
                isPending={save.isPending}
                onPress={() => {
                  save.mutate({ fields: found.fields, unseen: true });
                }}
              >
                {t('ldap.saveAnyway')}
              </Button>
            </div>
          </div>
        )}
      </DirectoryForm>
    </>
  );
}
