import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { AppWindow } from 'lucide-react';
import { useState } from 'react';
import type { AllowedApp, disallowApp } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { scopeName } from './app-form.js';
import { allowedAppsKey, allowedAppsQuery } from './apps.queries.js';

/** The apps of others that one let know oneself, and the end of that. */
export function AllowedAppsSection() {
  const found = useQuery(allowedAppsQuery(useApi()));
  const [leaving, setLeaving] = useState<AllowedApp | null>(null);
  return (
    <Section id="apps" title={t('allowedApps.title')} lead={t('allowedApps.lead')}>
      <Answer of={found} skeleton={<Skeleton className="skeleton--sessions" />}>
        {(apps) =>
          apps.length === 0 ? (
            <p>{t('allowedApps.none')}</p>
          ) : (
            <ul className="sessions">
              {apps.map((app) => (
                <li key={app.id} className="sessions__item">
                  <AppWindow aria-hidden className="sessions__icon" />
                  <div className="sessions__text">
                    <p className="sessions__name">{app.name}</p>
                    <p>{app.scopes.map((scope) => scopeName(scope)).join(' · ')}</p>
                    <p>{t('allowedApps.since', { when: formatShortDay(app.allowedAt) })}</p>
                  </div>
                  <Button
                    look="quiet"
                    size="s"
                    aria-label={t('allowedApps.withdrawOf', { name: app.name })}
                    onPress={() => {
                      setLeaving(app);
                    }}
                  >
                    {t('allowedApps.withdraw')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {leaving !== null && (
        <WithdrawDialog
          app={leaving}
          onClose={() => {
            setLeaving(null);
          }}
        />
      )}
    </Section>
  );
}

function WithdrawDialog({ app, onClose }: { readonly app: AllowedApp; readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const withdraw = useMutation({
    mutationFn: () =>
      api.send<typeof disallowApp>('DELETE', '/api/v1/auth/apps/:appId', { params: { appId: app.id } }),
    onSuccess: () => {
      toasts.show(t('allowedApps.withdrawn', { name: app.name }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: allowedAppsKey }),
  });
  return (
    <ConfirmDialog
      title={t('allowedApps.withdrawOf', { name: app.name })}
      confirm={t('allowedApps.withdraw')}
      isPending={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => {
        withdraw.mutate();
      }}
      onClose={onClose}
    >
      <p>{t('allowedApps.withdrawText')}</p>
    </ConfirmDialog>
  );
}
