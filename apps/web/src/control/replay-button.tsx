import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { replayProjection } from '#libs/contracts/insights';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { projectionsKey, tenantKey } from './control.queries.js';

interface ReplayButtonProps {
  readonly tenantId: string;
  readonly projection: string;
  readonly isDisabled?: boolean;
}

/** Rebuilds one read model of one tenant, once somebody has said that he means it. */
export function ReplayButton({ tenantId, projection, isDisabled = false }: ReplayButtonProps) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [asking, setAsking] = useState(false);
  const replay = useMutation({
    mutationFn: async () =>
      api.send<typeof replayProjection>('POST', '/api/v1/operator/projections/replay', {
        body: { tenantId, projection },
      }),
    onSuccess: () => {
      toasts.show(t('control.replayToast', { projection }));
      setAsking(false);
      void queries.invalidateQueries({ queryKey: projectionsKey });
      void queries.invalidateQueries({ queryKey: tenantKey(tenantId) });
    },
  });
  const close = (): void => {
    setAsking(false);
  };
  return (
    <>
      <Button
        look="secondary"
        size="s"
        isDisabled={isDisabled}
        icon={<RotateCcw aria-hidden />}
        aria-label={t('control.replayOf', { projection })}
        onPress={() => {
          setAsking(true);
        }}
      >
        {t('control.replay')}
      </Button>
      {asking && (
        <Dialog
          title={t('control.replayOf', { projection })}
          isOpen
          onClose={close}
          size="s"
          actions={
            <>
              <Button look="secondary" onPress={close}>
                {t('action.cancel')}
              </Button>
              <Button
                isPending={replay.isPending}
                onPress={() => {
                  replay.mutate();
                }}
              >
                {t('control.replay')}
              </Button>
            </>
          }
        >
          <FormProblem error={replay.error} />
          <p>{t('control.replayText')}</p>
        </Dialog>
      )}
    </>
  );
}
