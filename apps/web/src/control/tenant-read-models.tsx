import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { ProgressBar } from '../design/progress.js';
import { SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { projectionNames, projectionTones } from './control-words.js';
import { tenantProjectionsQuery } from './control.queries.js';
import { ReplayButton } from './replay-button.js';
import './control.css';

/** How far the read models have followed the tenant's events. */
export function TenantReadModels({ tenantId }: { readonly tenantId: string }) {
  const models = useQuery(tenantProjectionsQuery(useApi(), tenantId));
  return (
    <Answer of={models} skeleton={<SkeletonText lines={3} />}>
      {(rows) => (
        <Table
          label={t('control.readModels')}
          rows={rows}
          keyOf={({ projection }) => projection}
          columns={[
            { title: t('control.projection'), cell: ({ projection }) => projection },
            {
              title: t('control.status'),
              cell: ({ status, position, head, error }) => (
                <>
                  <Badge tone={projectionTones[status]}>{t(projectionNames[status])}</Badge>
                  {position < head && (
                    <ProgressBar label={t('control.position')} value={head === 0 ? 1 : position / head} />
                  )}
                  {error !== null && <span className="table__detail">{error}</span>}
                </>
              ),
            },
            {
              title: t('control.position'),
              cell: ({ position, head }) =>
                t('limit.of', { used: formatNumber(position), most: formatNumber(head) }),
            },
            {
              title: t('control.actions'),
              cell: ({ projection, status }) => (
                <ReplayButton
                  tenantId={tenantId}
                  projection={projection}
                  isDisabled={status === 'replaying'}
                />
              ),
            },
          ]}
        />
      )}
    </Answer>
  );
}
