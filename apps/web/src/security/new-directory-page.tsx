import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { createConnection } from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { newUuid } from '../api/request.js';
import { usePageTitle } from '../brand/brand-context.js';
import { SelectField, TextField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden } from '../shell/problem-page.js';
import { providerName } from './connection-words.js';
import {
  DirectoryForm,
  directoryInput,
  emptyDirectory,
  type DirectoryFields,
  type DirectoryProvider,
} from './directory-form.js';
import { connectionsKey } from './security.queries.js';

const providers: readonly DirectoryProvider[] = ['active_directory', 'openldap', 'generic'];

export function NewDirectoryPage() {
  usePageTitle(t('ldap.new'));
  return may(useUser(), 'sso.manage') ? <NewDirectory /> : <Forbidden />;
}

function NewDirectory() {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(newUuid);
  const [provider, setProvider] = useState<DirectoryProvider>('active_directory');
  const [name, setName] = useState('');
  const [mode, setMode] = useState<'invited' | 'create'>('invited');
  const create = useMutation({
    mutationFn: (fields: DirectoryFields) =>
      api.send<typeof createConnection>('POST', '/api/v1/sso/connections', {
        body: {
          ...{ id, kind: 'ldap', provider, provisioning: { mode } },
          name: name.trim() === '' ? providerName(provider) : name,
          ldap: directoryInput(fields),
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: connectionsKey });
      await navigate({ to: '/admin/sign-in/$connectionId', params: { connectionId: id } });
    },
  });
  return (
    <>
      <BackLink to="/admin/sign-in">{t('admin.signIn')}</BackLink>
      <PageHeading title={t('ldap.new')}>{t('ldap.new.lead')}</PageHeading>
      <Section title={t('sso.step.provider')} lead={t('ldap.providerLead')}>
        <div className="directory-fields">
          <SelectField
            label={t('ldap.provider')}
            value={provider}
            options={providers.map((value) => ({
              value,
              label: value === 'generic' ? t('ldap.provider.generic') : providerName(value),
            }))}
            onChange={setProvider}
          />
          <TextField label={t('sso.name')} description={t('sso.nameAbout')} value={name} onChange={setName} />
          <SelectField
            label={t('sso.mode')}
            value={mode}
            options={[
              { value: 'invited', label: t('sso.mode.invited') },
              { value: 'create', label: t('sso.mode.create') },
            ]}
            onChange={setMode}
          />
        </div>
      </Section>
      <DirectoryForm
        key={provider}
        initial={emptyDirectory(provider)}
        action={t('sso.create')}
        error={create.error}
        isPending={create.isPending}
        onSubmit={(fields) => {
          create.mutate(fields);
        }}
      />
    </>
  );
}
