import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { removeTenantDomain } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { domainNames, domainTones } from './control-words.js';
import { domainsQuery } from './control.queries.js';
import './control.css';

/** The hosts that lead to the tenant. */
export function TenantDomains({ tenantId }: { readonly tenantId: string }) {
  const domains = useQuery(domainsQuery(useApi(), tenantId));
  const [removing, setRemoving] = useState<string | null>(null);
  return (
    <>
      <Answer of={domains} skeleton={<SkeletonText lines={2} />}>
        {(rows) => (
          <Table
            label={t('control.domains')}
            rows={rows}
            keyOf={({ host }) => host}
            columns={[
              { title: t('control.host'), cell: ({ host }) => host },
              {
                title: t('control.status'),
                cell: ({ state }) => <Badge tone={domainTones[state]}>{t(domainNames[state])}</Badge>,
              },
              {
                title: t('control.lastChecked'),
                cell: ({ lastCheckedAt }) => (lastCheckedAt === null ? '–' : formatAgo(lastCheckedAt)),
              },
              {
                title: t('control.actions'),
                cell: ({ host, kind }) =>
                  kind === 'custom' && (
                    <Button
                      look="secondary"
                      size="s"
                      aria-label={t('control.removeDomainOf', { host })}
                      onPress={() => {
                        setRemoving(host);
                      }}
                    >
                      {t('control.removeDomain')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
      {removing !== null && (
        <RemoveDialog
          tenantId={tenantId}
          host={removing}
          onClose={() => {
            setRemoving(null);
          }}
        />
      )}
    </>
  );
}

interface RemoveDialogProps {
  readonly tenantId: string;
  readonly host: string;
  readonly onClose: () => void;
}

function RemoveDialog({ tenantId, host, onClose }: RemoveDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const remove = useMutation({
    mutationFn: () =>
      api.send<typeof removeTenantDomain>('DELETE', '/api/v1/operator/tenants/:tenantId/domains/:host', {
        params: { tenantId, host },
      }),
    onSuccess: () => {
      toasts.show(t('control.domainRemoved', { host }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: domainsQuery(api, tenantId).queryKey }),
  });
  return (
    <ConfirmDialog
      title={t('control.removeDomainOf', { host })}
      confirm={t('control.removeDomain')}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => {
        remove.mutate();
      }}
      onClose={onClose}
    >
      <p>{t('control.removeDomainText')}</p>
    </ConfirmDialog>
  );
}
