import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { permissions, type Permission } from '#libs/contracts';
import type { ApiKey, createApiKey, CreatedApiKey, revokeApiKey, rotateApiKey } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { CheckField } from '../design/check-field.js';
import { CopyValue } from '../design/copy-value.js';
import { Dialog } from '../design/dialog.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { useToasts } from '../design/toasts.js';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { FormDialog } from '../forms/form-dialog.js';
import { type MessageKey, t } from '../language/t.js';
import { permissionName } from '../people/roles-page.js';
import { FormProblem } from '../session/form-problem.js';
import { useUser } from '../session/session.queries.js';
import { keysKey } from './api-keys.queries.js';
import './api-keys.css';

const DAY = 86_400_000;
const lifetimes = ['30', '90', '365', 'never'] as const;

export function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
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
  const submit = (): void => {
    setTried(true);
    if (name.trim() !== '' && scopes.size > 0) create.mutate();
  };
  return (
    <FormDialog
      title={t('keys.new')}
      submit={t('keys.create')}
      isPending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
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
              <CheckField
                key={permission}
                isSelected={scopes.has(permission)}
                onChange={(isSelected) => {
                  const next = new Set(scopes);
                  if (isSelected) next.add(permission);
                  else next.delete(permission);
                  setScopes(next);
                }}
              >
                {permissionName(permission)}
              </CheckField>
            ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}

const graces = ['0', '3600', '86400', '604800'] as const;
const graceNames: Readonly<Record<(typeof graces)[number], MessageKey>> = {
  '0': 'keys.grace.now',
  '3600': 'keys.grace.hour',
  '86400': 'keys.grace.day',
  '604800': 'keys.grace.week',
};

export function RotateDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
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

export function RevokeDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
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
    <ConfirmDialog
      title={t('keys.revokeOf', { name: apiKey.name })}
      confirm={t('keys.revoke')}
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => {
        revoke.mutate();
      }}
      onClose={onClose}
    >
      <p>{t('keys.revokeText')}</p>
    </ConfirmDialog>
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
        <CopyValue label={t('keys.key')} value={apiKey.key} />
      </div>
    </Dialog>
  );
}
