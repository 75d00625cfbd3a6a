import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FactorSummary, resetUserFactors, User } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { FormDialog } from '../forms/form-dialog.js';
import { t } from '../language/t.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { factorsOfQuery, peopleKey } from './people.queries.js';

const SHORTEST_REASON = 3;

/** What the person proves himself with besides the password, and the way back in for who lost it. */
export function PersonFactors({ person }: { readonly person: User }) {
  const user = useUser();
  const found = useQuery(factorsOfQuery(useApi(), person.id));
  const [isAsking, setAsking] = useState(false);
  const mayReset = person.id !== user.id && (person.role !== 'owner' || user.role === 'owner');
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--sessions" />}>
      {(factors) => (
        <>
          <p>{namesOf(factors).join(' · ') || t('person.factors.none')}</p>
          {mayReset && namesOf(factors).length > 0 && (
            <p className="sessions__all">
              <Button
                look="secondary"
                onPress={() => {
                  setAsking(true);
                }}
              >
                {t('person.factors.reset')}
              </Button>
            </p>
          )}
          {isAsking && (
            <ResetDialog
              person={person}
              onClose={() => {
                setAsking(false);
              }}
            />
          )}
        </>
      )}
    </Answer>
  );
}

function namesOf({ totp, passkeys, recoveryCodesLeft, trustedDevices }: FactorSummary): string[] {
  return [
    ...(totp ? [t('person.factors.app')] : []),
    ...(passkeys > 0 ? [t('person.factors.passkeys', { count: passkeys })] : []),
    ...(recoveryCodesLeft > 0 ? [t('person.factors.codes', { count: recoveryCodesLeft })] : []),
    ...(trustedDevices > 0 ? [t('person.factors.devices', { count: trustedDevices })] : []),
  ];
}

function ResetDialog({ person, onClose }: { readonly person: User; readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const isShort = reason.trim().length < SHORTEST_REASON;
  const reset = useMutation({
    mutationFn: () =>
      api.send<typeof resetUserFactors>('POST', '/api/v1/users/:userId/factors/reset', {
        params: { userId: person.id },
        body: { reason: reason.trim() },
      }),
    onSuccess: () => {
      toasts.show(t('person.factors.done', { name: person.name }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: peopleKey }),
  });
  return (
    <FormDialog
      title={t('person.factors.resetOf', { name: person.name })}
      submit={t('person.factors.reset')}
      isPending={reset.isPending}
      error={reset.error}
      onSubmit={() => {
        setTried(true);
        if (!isShort) reset.mutate();
      }}
      onClose={onClose}
    >
      <p>{t('person.factors.resetText')}</p>
      <TextField
        label={t('person.factors.reason')}
        description={t('person.factors.reasonAbout')}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={300}
        error={tried && isShort ? t('person.factors.reasonMissing') : undefined}
      />
    </FormDialog>
  );
}
