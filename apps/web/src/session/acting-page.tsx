import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { enterActing } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Notice } from '../design/notice.js';
import { Spinner } from '../design/spinner.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';

/** Where the control centre sends an operator: the ticket of the fragment is traded for a session, once. */
export function ActingPage() {
  const api = useApi();
  const queries = useQueryClient();
  const begun = useRef(false);
  usePageTitle(t('acting.label'));
  const enter = useMutation({
    mutationFn: async (ticket: string) =>
      api.send<typeof enterActing>('POST', '/api/v1/auth/act-as', { body: { ticket } }),
    onSuccess: () => {
      api.forgetCsrfToken();
      api.rememberSession();
      queries.clear();
      // Afresh, so that nothing of a session before stays in memory.
      window.location.replace('/');
    },
  });
  const { mutate } = enter;
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const ticket = /^#ticket=(.+)$/.exec(window.location.hash)?.[1] ?? '';
    window.history.replaceState(null, '', window.location.pathname);
    mutate(ticket === '' ? 'none' : ticket);
  }, [mutate]);
  return (
    <AuthLayout title={t('acting.label')}>
      {enter.isError ? (
        <Notice tone="bad" title={t('acting.failed')} live>
          {t('acting.failedText')}
        </Notice>
      ) : (
        <p role="status">
          <Spinner /> {t('acting.entering')}
        </p>
      )}
    </AuthLayout>
  );
}
