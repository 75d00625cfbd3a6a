import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import type { OperatorTenant, resumeTenant, suspendTenant } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { TextField } from '../design/field.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { tenantKey, tenantsKey } from './control.queries.js';

interface SuspensionDialogProps {
  readonly tenant: OperatorTenant;
  readonly onClose: () => void;
}

/** Closes an academy, or opens it again, with a reason that its audit log keeps. */
export function SuspensionDialog({ tenant, onClose }: SuspensionDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const form = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const suspended = tenant.status === 'suspended';
  const change = useMutation({
    mutationFn: async () => {
      const call = { params: { tenantId: tenant.id }, body: { reason: reason.trim() } };
      if (suspended) {
        await api.send<typeof resumeTenant>('POST', '/api/v1/operator/tenants/:tenantId/resume', call);
      } else {
        await api.send<typeof suspendTenant>('POST', '/api/v1/operator/tenants/:tenantId/suspend', call);
      }
    },
    onSuccess: () => {
      toasts.show(t(suspended ? 'control.resumedToast' : 'control.suspendedToast', { name: tenant.name }));
      void queries.invalidateQueries({ queryKey: tenantsKey });
      void queries.invalidateQueries({ queryKey: tenantKey(tenant.id) });
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '') change.mutate();
  };
  return (
    <Dialog
      title={t(suspended ? 'control.resumeOf' : 'control.suspendOf', { name: tenant.name })}
      isOpen
      onClose={onClose}
      size="s"
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            form={form}
            look={suspended ? 'primary' : 'danger'}
            isPending={change.isPending}
          >
            {t(suspended ? 'control.resume' : 'control.suspend')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <FormProblem error={change.error} />
        <p>{t(suspended ? 'control.resumeText' : 'control.suspendText')}</p>
        <TextField
          label={t('control.reason')}
          description={t('control.reasonHint')}
          value={reason}
          onChange={setReason}
          maxLength={500}
          isRequired
          error={tried && reason.trim() === '' ? t('control.reasonMissing') : null}
        />
      </form>
    </Dialog>
  );
}
