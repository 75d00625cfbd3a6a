import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { endActing } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { actingQuery, tenantKey } from './control.queries.js';
import './control.css';

/** Who is in the tenant in somebody's name at this moment. */
export function TenantActing({ tenantId }: { readonly tenantId: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const acting = useQuery(actingQuery(api, tenantId));
  const end = useMutation({
    mutationFn: async (sessionId: string) =>
      api.send<typeof endActing>('DELETE', '/api/v1/operator/tenants/:tenantId/act-as/:sessionId', {
        params: { tenantId, sessionId },
      }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: tenantKey(tenantId) });
    },
  });
  if (acting.data === undefined || acting.data.length === 0) return null;
  return (
    <div className="control-stack">
      {acting.data.map(({ sessionId, operatorName, userName, reason, expiresAt }) => (
        <Notice
          key={sessionId}
          tone="info"
          title={t('control.actingNow', { operator: operatorName, person: userName })}
          action={
            <Button
              look="secondary"
              size="s"
              isPending={end.isPending}
              onPress={() => {
                end.mutate(sessionId);
              }}
            >
              {t('control.actEnd')}
            </Button>
          }
        >
          {t('control.actingUntil', { reason, until: formatMoment(expiresAt) })}
        </Notice>
      ))}
    </div>
  );
}
