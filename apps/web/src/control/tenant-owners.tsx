import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.js';
import { Notice } from '../design/notice.js';
import { SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { ownersQuery } from './control.queries.js';
import './control.css';

/** Whose the tenant is. */
export function TenantOwners({ tenantId }: { readonly tenantId: string }) {
  const owners = useQuery(ownersQuery(useApi(), tenantId));
  return (
    <Answer of={owners} skeleton={<SkeletonText lines={2} />}>
      {(rows) =>
        rows.length === 0 ? (
          <Notice tone="warn" title={t('control.noOwner')} />
        ) : (
          <Table
            label={t('control.owners')}
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              {
                title: t('control.person'),
                cell: ({ name, email }) => (
                  <>
                    <span className="table__name">{name}</span>
                    <span className="table__detail">{email}</span>
                  </>
                ),
              },
              {
                title: t('control.lastSeen'),
                cell: ({ lastLoginAt }) => (lastLoginAt === null ? '–' : formatAgo(lastLoginAt)),
              },
            ]}
          />
        )
      }
    </Answer>
  );
}
