import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { ConnectionProvider, LdapView } from '#libs/contracts/auth';
import { Button } from '../design/button.js';
import { PasswordField, SelectField, TextField } from '../design/field.js';
import { Section } from '../design/section.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import './security.css';

export type DirectoryProvider = Extract<ConnectionProvider, 'active_directory' | 'openldap' | 'generic'>;

export interface DirectoryFields {
  readonly servers: string;
  readonly security: LdapView['security'];
  readonly certificates: string;
  readonly bindDn: string;
  readonly bindPassword: string;
  readonly baseDn: string;
  readonly userFilter: string;
  readonly idAttribute: string;
  readonly groups: 'none' | 'some' | 'posix';
  readonly groupBase: string;
  readonly groupFilter: string;
}

const presets: Readonly<
  Record<DirectoryProvider, Pick<DirectoryFields, 'userFilter' | 'idAttribute' | 'groupFilter'>>
> = {
  active_directory: {
    userFilter:
      '(&(objectCategory=person)(objectClass=user)(|(sAMAccountName={username})(userPrincipalName={username})))',
    idAttribute: 'objectGUID',
    groupFilter: '(objectClass=group)',
  },
  openldap: {
    userFilter: '(&(objectClass=inetOrgPerson)(|(uid={username})(mail={username})))',
    idAttribute: 'entryUUID',
    groupFilter: '(objectClass=groupOfNames)',
  },
  generic: {
    userFilter: '(&(objectClass=person)(uid={username}))',
    idAttribute: 'entryUUID',
    groupFilter: '(objectClass=groupOfNames)',
  },
};

export function emptyDirectory(provider: DirectoryProvider): DirectoryFields {
  return {
    ...{ servers: '', security: 'ldaps', certificates: '', bindDn: '', bindPassword: '', baseDn: '' },
    ...{ groups: 'none', groupBase: '' },
    ...presets[provider],
  };
}

export function directoryFields(ldap: LdapView): DirectoryFields {
  return {
    servers: ldap.servers.map(({ host, port }) => `${host}:${port}`).join('\n'),
    ...{ security: ldap.security, certificates: ldap.caCertificates.join('\n') },
    ...{ bindDn: ldap.bindDn, bindPassword: '', baseDn: ldap.baseDn },
    ...{ userFilter: ldap.userFilter, idAttribute: ldap.idAttribute },
    groups: ldap.groups === null ? 'none' : ldap.groups.memberIs === null ? 'some' : 'posix',
    groupBase: ldap.groups?.baseDn ?? '',
    groupFilter: ldap.groups?.filter ?? '(objectClass=groupOfNames)',
  };
}

/** As the API wants it. */
export function directoryInput(fields: DirectoryFields, before?: LdapView) {
  const { security, bindDn, bindPassword, baseDn, userFilter, idAttribute, certificates } = fields;
  const servers = fields.servers
    .split(/[\s,]+/)
    .filter((line) => line !== '')
    .map((line) => serverOf(line, security));
  const pems = certificates.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  const text = certificates.trim();
  return {
    ...{ servers, security, bindDn: bindDn.trim(), baseDn: baseDn.trim() },
    ...{ userFilter: userFilter.trim(), idAttribute: idAttribute.trim() },
    caCertificates: pems ?? (text === '' ? [] : [text]),
    ...(bindPassword === '' ? {} : { bindPassword }),
    ...(before === undefined ? {} : { sync: before.sync }),
    groups:
      fields.groups === 'none'
        ? null
        : {
            ...membersOf(fields.groups, before?.groups ?? null),
            baseDn: fields.groupBase.trim() === '' ? null : fields.groupBase.trim(),
            filter: fields.groupFilter.trim(),
          },
  };
}

const POSIX_FILTER = '(objectClass=posixGroup)';
const NAMES_FILTER = '(objectClass=groupOfNames)';

/** How groups name their people. What was set up another way than by this form stays where the kind of group does. */
function membersOf(kind: 'some' | 'posix', before: LdapView['groups']) {
  const wasPosix = before !== null && before.memberIs !== null;
  if (before !== null && wasPosix === (kind === 'posix')) return before;
  return kind === 'posix' ? { memberAttribute: 'memberUid', memberIs: 'uid' } : {};
}

function serverOf(line: string, security: LdapView['security']) {
  const bare = line.replace(/^ldaps?:\/\//, '').replace(/\/$/, '');
  const [, host = bare, port] = /^(.*?)(?::(\d+))?$/.exec(bare) ?? [];
  return { host, port: port === undefined ? (security === 'ldaps' ? 636 : 389) : Number(port) };
}

interface DirectoryFormProps {
  readonly initial: DirectoryFields;
  readonly action: string;
  readonly error: unknown;
  readonly isPending: boolean;
  /** Whether the password may stay as it is. */
  readonly hasPassword?: boolean;
  readonly onSubmit: (fields: DirectoryFields) => void;
  /** What was found with these fields, above the button. */
  readonly children?: ReactNode;
}

/** How a directory is reached, who searches it, and whom it finds. */
export function DirectoryForm({
  initial,
  action,
  error,
  isPending,
  hasPassword = false,
  onSubmit,
  children,
}: DirectoryFormProps) {
  const [fields, setFields] = useState(initial);
  const set = (change: Partial<DirectoryFields>) => {
    setFields({ ...fields, ...change });
  };
  const text = (field: keyof DirectoryFields, label: string, about?: string, rows?: number) => (
    <TextField
      label={label}
      mono
      description={about}
      {...(rows === undefined ? {} : { multiline: true, rows })}
      value={fields[field]}
      onChange={(value) => {
        set({ [field]: value });
      }}
      spellCheck="false"
    />
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onSubmit(fields);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Section title={t('ldap.servers')} lead={t('ldap.serversLead')}>
        <div className="directory-fields">
          {text('servers', t('ldap.addresses'), t('ldap.addressesAbout'), 2)}
          <SelectField
            label={t('ldap.security')}
            value={fields.security}
            options={[
              { value: 'ldaps', label: t('ldap.security.ldaps') },
              { value: 'starttls', label: t('ldap.security.starttls') },
            ]}
            onChange={(security) => {
              set({ security });
            }}
          />
          {text('certificates', t('ldap.certificates'), t('ldap.certificatesAbout'), 4)}
        </div>
      </Section>
      <Section title={t('ldap.search')} lead={t('ldap.searchLead')}>
        <div className="directory-fields">
          {text('bindDn', t('ldap.bindDn'), t('ldap.bindDnAbout'))}
          <PasswordField
            label={t('ldap.bindPassword')}
            autoComplete="off"
            description={hasPassword ? t('ldap.bindPasswordKept') : undefined}
            value={fields.bindPassword}
            onChange={(bindPassword) => {
              set({ bindPassword });
            }}
          />
          {text('baseDn', t('ldap.baseDn'), t('ldap.baseDnAbout'))}
          {text('userFilter', t('ldap.userFilter'), t('ldap.userFilterAbout', { name: '{username}' }), 2)}
          {text('idAttribute', t('ldap.idAttribute'), t('ldap.idAttributeAbout'))}
        </div>
      </Section>
      <Section title={t('ldap.groups')} lead={t('ldap.groupsLead')}>
        <div className="directory-fields">
          <SelectField
            label={t('ldap.groupsUse')}
            value={fields.groups}
            options={[
              { value: 'none', label: t('ldap.groups.none') },
              { value: 'some', label: t('ldap.groups.some') },
              { value: 'posix', label: t('ldap.groups.posix') },
            ]}
            onChange={(groups) => {
              // A filter of their own stays.
              const isOther = (groups === 'posix') !== (fields.groups === 'posix') && groups !== 'none';
              const groupFilter = groups === 'posix' ? POSIX_FILTER : NAMES_FILTER;
              set({
                groups,
                ...(isOther && (groups === 'posix' || fields.groupFilter === POSIX_FILTER)
                  ? { groupFilter }
                  : {}),
              });
            }}
          />
          {fields.groups !== 'none' && text('groupBase', t('ldap.groupBase'), t('ldap.groupBaseAbout'))}
          {fields.groups !== 'none' && text('groupFilter', t('ldap.groupFilter'))}
        </div>
      </Section>
      <FormProblem error={error} say={{ 'connection.secret_missing': t('ldap.passwordAgain') }} />
      {children}
      <div className="form__actions">
        <Button type="submit" isPending={isPending}>
          {action}
        </Button>
      </div>
    </form>
  );
}
