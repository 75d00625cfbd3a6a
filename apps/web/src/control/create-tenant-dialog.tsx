import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useId, useState } from 'react';
import type { Plan } from '#libs/contracts';
import type { inviteOwner } from '#libs/contracts/auth';
import type { createTenant } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { SelectField, TextField } from '../design/field.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { planNames } from './control-words.js';
import { tenantsKey } from './control.queries.js';

const SLUG = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
const PLANS: readonly Plan[] = ['starter', 'growth', 'enterprise'];

/** A new academy, and the invitation of its first owner. Repeating it finishes what was interrupted. */
export function CreateTenantDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const navigate = useNavigate();
  const form = useId();
  const [values, setValues] = useState({ name: '', slug: '', users: '0', ownerName: '', ownerEmail: '' });
  const [plan, setPlan] = useState<Plan>('starter');
  const [tried, setTried] = useState(false);
  const set = (patch: Partial<typeof values>): void => {
    setValues((now) => ({ ...now, ...patch }));
  };
  const users = Number(values.users);
  const faults = {
    name: values.name.trim() === '' ? t('form.required') : null,
    slug: SLUG.test(values.slug) ? null : t('control.slugFault'),
    users: Number.isInteger(users) && users >= 0 ? null : t('form.invalid'),
    ownerName: values.ownerEmail !== '' && values.ownerName.trim() === '' ? t('form.required') : null,
  };
  const create = useMutation({
    mutationFn: async () => {
      const { data: tenant } = await api.send<typeof createTenant>('POST', '/api/v1/operator/tenants', {
        body: { slug: values.slug, name: values.name.trim(), plan, expectedUsers: users },
      });
      if (values.ownerEmail !== '') {
        await api.send<typeof inviteOwner>('POST', '/api/v1/operator/tenants/:tenantId/owners', {
          params: { tenantId: tenant.id },
          body: { email: values.ownerEmail, name: values.ownerName.trim() },
        });
      }
      return tenant;
    },
    onSuccess: async (tenant) => {
      toasts.show(t('control.createdToast', { name: tenant.name }));
      void queries.invalidateQueries({ queryKey: tenantsKey });
      await navigate({ to: '/control/tenants/$tenantId', params: { tenantId: tenant.id } });
    },
  });
  const said = fieldErrors(create.error);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(faults).every((fault) => fault === null)) create.mutate();
  };
  return (
    <Dialog
      title={t('control.create')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" form={form} isPending={create.isPending}>
            {t('control.create')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <FormProblem error={create.error} />
        <TextField
          label={t('control.name')}
          value={values.name}
          onChange={(name) => {
            const wasDerived = values.slug === slugOf(values.name);
            set(wasDerived ? { name, slug: slugOf(name) } : { name });
          }}
          maxLength={200}
          isRequired
          error={tried ? faults.name : null}
        />
        <TextField
          label={t('control.slug')}
          description={t('control.slugHint')}
          value={values.slug}
          onChange={(slug) => {
            set({ slug: slug.toLowerCase() });
          }}
          maxLength={63}
          mono
          isRequired
          error={tried ? (faults.slug ?? said['slug']) : null}
        />
        <SelectField
          label={t('control.plan')}
          value={plan}
          onChange={setPlan}
          options={PLANS.map((value) => ({ value, label: t(planNames[value]) }))}
        />
        <TextField
          label={t('control.expectedUsers')}
          description={t('control.expectedUsersHint')}
          value={values.users}
          onChange={(text) => {
            set({ users: text });
          }}
          inputMode="numeric"
          error={tried ? (faults.users ?? said['expectedUsers'] ?? said['plan']) : null}
        />
        <TextField
          label={t('control.ownerEmail')}
          description={t('control.ownerEmailHint')}
          type="email"
          value={values.ownerEmail}
          onChange={(ownerEmail) => {
            set({ ownerEmail: ownerEmail.trim() });
          }}
          error={said['email']}
        />
        {values.ownerEmail !== '' && (
          <TextField
            label={t('control.ownerName')}
            value={values.ownerName}
            onChange={(ownerName) => {
              set({ ownerName });
            }}
            maxLength={200}
            isRequired
            error={tried ? faults.ownerName : null}
          />
        )}
      </form>
    </Dialog>
  );
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 63);
}
