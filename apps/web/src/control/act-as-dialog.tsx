import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import type { startActing } from '#libs/contracts/auth';
import type { OperatorTenant } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { SearchField, SelectField, TextField } from '../design/field.js';
import { useSettled } from '../design/use-settled.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { tenantPeopleQuery } from './control.queries.js';

interface ActAsDialogProps {
  readonly tenant: OperatorTenant;
  readonly onClose: () => void;
}

const MINUTES = ['5', '15', '30'] as const;

/** Into the tenant as one of its people: whom, why and for how long. */
export function ActAsDialog({ tenant, onClose }: ActAsDialogProps) {
  const api = useApi();
  const form = useId();
  const [words, setWords] = useState('');
  const [userId, setUserId] = useState('');
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>('15');
  const [tried, setTried] = useState(false);
  const people = useQuery(tenantPeopleQuery(api, tenant.id, useSettled(words.trim(), 250)));
  const active = (people.data ?? []).filter(({ status }) => status === 'active');
  const chosen = active.some(({ id }) => id === userId) ? userId : '';
  const start = useMutation({
    mutationFn: async () =>
      api.send<typeof startActing>('POST', '/api/v1/operator/tenants/:tenantId/act-as', {
        params: { tenantId: tenant.id },
        body: { userId: chosen, reason: reason.trim(), minutes: Number(minutes) },
      }),
    onSuccess: ({ data }) => {
      window.location.assign(data.url);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (chosen !== '' && reason.trim().length >= 3) start.mutate();
  };
  return (
    <Dialog
      title={t('control.actIn', { name: tenant.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" form={form} isPending={start.isPending}>
            {t('control.actStart')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <FormProblem error={start.error} />
        <p>{t('control.actText')}</p>
        <SearchField
          label={t('control.actSearch')}
          placeholder={t('control.actSearch')}
          value={words}
          onChange={setWords}
        />
        <SelectField
          label={t('control.actPerson')}
          value={chosen}
          onChange={setUserId}
          description={tried && chosen === '' ? t('control.actPersonMissing') : undefined}
          options={[
            { value: '', label: t('control.actChoose') },
            ...active.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
          ]}
        />
        <TextField
          label={t('control.reason')}
          description={t('control.actReasonHint')}
          value={reason}
          onChange={setReason}
          maxLength={500}
          isRequired
          error={tried && reason.trim().length < 3 ? t('control.reasonMissing') : null}
        />
        <SelectField
          label={t('control.actMinutes')}
          value={minutes}
          onChange={setMinutes}
          options={MINUTES.map((value) => ({
            value,
            label: t('control.minutes', { count: Number(value) }),
          }))}
        />
      </form>
    </Dialog>
  );
}
