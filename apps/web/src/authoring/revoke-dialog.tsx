import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import type { ManagedEnrolment, revokeCertificate } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { TextField } from '../design/field.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { authoringKey } from './authoring.queries.js';

interface RevokeDialogProps {
  readonly enrolment: ManagedEnrolment;
  readonly name: string;
  readonly onClose: () => void;
}

export function RevokeDialog({ enrolment, name, onClose }: RevokeDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const form = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const revoke = useMutation({
    mutationFn: () =>
      api.send<typeof revokeCertificate>('POST', '/api/v1/certificates/:certificateId/revoke', {
        params: { certificateId: enrolment.certificateId ?? '' },
        body: { reason: reason.trim() },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: authoringKey });
      toasts.show(t('revoke.done', { name }));
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '') revoke.mutate();
  };
  return (
    <Dialog
      title={t('revoke.title', { name })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button look="danger" type="submit" form={form} isPending={revoke.isPending}>
            {t('revoke.action')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <FormProblem error={revoke.error} say={{ 'certificate.revoked': t('revoke.already') }} />
        <p>{t('revoke.text')}</p>
        <TextField
          label={t('attempts.reason')}
          description={t('revoke.reasonHint')}
          value={reason}
          onChange={setReason}
          maxLength={1000}
          multiline
          rows={3}
          isRequired
          autoFocus
          error={
            tried && reason.trim() === '' ? t('attempts.reasonMissing') : fieldErrors(revoke.error)['reason']
          }
        />
      </form>
    </Dialog>
  );
}
