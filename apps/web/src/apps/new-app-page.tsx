import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { createApp } from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { PageHeading } from '../design/page-heading.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden } from '../shell/problem-page.js';
import { AppFormFields, bodyOf, emptyApp } from './app-form.js';
import { appsKey, appsPath, issuerKey } from './apps.queries.js';
import { ShownSecret } from './shown-secret.js';
import './apps.css';

export function NewAppPage() {
  usePageTitle(t('apps.new'));
  return may(useUser(), 'sso.manage') ? <NewApp /> : <Forbidden />;
}

function NewApp() {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [fields, setFields] = useState(emptyApp);
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string } | null>(null);
  const open = async (appId: string): Promise<void> => {
    await queries.invalidateQueries({ queryKey: issuerKey });
    await queries.invalidateQueries({ queryKey: appsKey });
    await navigate({ to: '/admin/sign-in-apps/$appId', params: { appId } });
  };
  const create = useMutation({
    mutationFn: () =>
      api.send<typeof createApp>('POST', appsPath, { body: { ...bodyOf(fields), kind: fields.kind } }),
    onSuccess: async ({ data }) => {
      const { app, clientSecret } = data;
      if (clientSecret === null) await open(app.id);
      else setMade({ id: app.id, secret: clientSecret });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <>
      <form className="apps__form" onSubmit={submit} noValidate>
        <div>
          <BackLink to="/admin/sign-in-apps">{t('admin.apps')}</BackLink>
          <PageHeading title={t('apps.new')}>{t('apps.new.lead')}</PageHeading>
        </div>
        <FormProblem error={create.error} say={{ 'app.settings_invalid': t('apps.problem.settings') }} />
        <AppFormFields
          isNew
          fields={fields}
          set={(change) => {
            setFields({ ...fields, ...change });
          }}
        />
        <div className="form__actions">
          <Button type="submit" isPending={create.isPending}>
            {t('apps.create')}
          </Button>
        </div>
      </form>
      {made !== null && (
        <ShownSecret
          clientId={made.id}
          secret={made.secret}
          onClose={() => {
            void open(made.id);
          }}
        />
      )}
    </>
  );
}
