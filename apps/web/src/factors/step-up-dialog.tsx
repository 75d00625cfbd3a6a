import { useMutation, useQuery } from '@tanstack/react-query';
import type { beginStepUp, stepUp } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Dialog } from '../design/dialog.js';
import { Spinner } from '../design/spinner.js';
import { t } from '../language/t.js';
import { useStepUp } from '../session/step-up-context.js';
import { askPasskey } from './passkey-api.js';
import { ProofProblem } from './proof-problem.js';
import { ProveForm, type Typed } from './prove-form.js';

/** Asks once more, on top of the page; what waits for it goes on by itself. */
export function StepUpDialog() {
  const api = useApi();
  const [, settle] = useStepUp();
  const choices = useQuery({
    queryKey: ['me', 'step-up'],
    queryFn: async () => (await api.send<typeof beginStepUp>('POST', '/api/v1/auth/step-up/options')).data,
    gcTime: 0,
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const prove = useMutation({
    mutationFn: async ({ method, text }: Typed) => {
      const path = '/api/v1/auth/step-up';
      if (method === 'passkey') {
        const fresh = (await api.send<typeof beginStepUp>('POST', `${path}/options`)).data.passkey;
        if (fresh === null) throw new Error('There is no passkey for this host.');
        const response = await askPasskey(fresh);
        const body = { method, challengeId: fresh.challengeId, response } as const;
        await api.send<typeof stepUp>('POST', path, { body });
      } else if (method === 'password') {
        await api.send<typeof stepUp>('POST', path, { body: { method, password: text } });
      } else await api.send<typeof stepUp>('POST', path, { body: { method, code: text } });
    },
    onSuccess: () => {
      settle(true);
    },
  });
  const methods = choices.data?.methods ?? [];
  return (
    <Dialog
      title={t('stepUp.title')}
      isOpen
      size="s"
      onClose={() => {
        settle(false);
      }}
    >
      <div className="factor-form">
        <p>{t('stepUp.lead')}</p>
        <ProofProblem error={prove.error ?? choices.error} />
        {choices.isPending && <Spinner />}
        {choices.isSuccess && methods.length === 0 && <p>{t('stepUp.none')}</p>}
        {methods.length > 0 && (
          <ProveForm
            methods={methods}
            isPending={prove.isPending}
            onProof={(typed) => {
              prove.mutate(typed);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}
