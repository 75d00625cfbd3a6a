import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import type { Plan } from '#libs/contracts';
import type { changePlan, OperatorTenant } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { SelectField, TextField } from '../design/field.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { planNames } from './control-words.js';
import { tenantKey, tenantsKey } from './control.queries.js';

interface PlanDialogProps {
  readonly tenant: OperatorTenant;
  readonly etag: string;
  readonly onClose: () => void;
}

export function PlanDialog({ tenant, etag, onClose }: PlanDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const form = useId();
  const [plan, setPlan] = useState<Plan>(tenant.plan);
  const [reason, setReason] = useState('');
  const change = useMutation({
    mutationFn: async () =>
      api.send<typeof changePlan>('PATCH', '/api/v1/operator/tenants/:tenantId', {
        params: { tenantId: tenant.id },
        body: { plan, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
        ifMatch: etag,
      }),
    onSuccess: () => {
      toasts.show(t('control.planToast', { name: tenant.name, plan: t(planNames[plan]) }));
      onClose();
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: tenantsKey });
      void queries.invalidateQueries({ queryKey: tenantKey(tenant.id) });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Dialog
      title={t('control.planOf', { name: tenant.name })}
      isOpen
      onClose={onClose}
      size="s"
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" form={form} isPending={change.isPending} isDisabled={plan === tenant.plan}>
            {t('control.changePlan')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <FormProblem error={change.error} />
        <SelectField
          label={t('control.plan')}
          value={plan}
          onChange={setPlan}
          options={(['starter', 'growth', 'enterprise'] as const).map((value) => ({
            value,
            label: t(planNames[value]),
          }))}
        />
        <TextField
          label={t('control.reason')}
          description={t('control.reasonHint')}
          value={reason}
          onChange={setReason}
          maxLength={500}
        />
      </form>
    </Dialog>
  );
}
