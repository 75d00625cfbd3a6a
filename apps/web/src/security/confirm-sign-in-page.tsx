import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { confirmHandoff, previewHandoff } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { useBrand, usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { AuthLayout } from '../session/auth-layout.js';
import { sessionQuery } from '../session/session.queries.js';

/** A sign-in that the provider began: nobody becomes somebody here without having been asked. */
export function ConfirmSignInPage() {
  const api = useApi();
  const brand = useBrand();
  const queries = useQueryClient();
  const router = useRouter();
  const [handle] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('handle') ?? '');
  usePageTitle(t('sso.confirm.title'));
  const preview = useQuery({
    queryKey: ['sso-handoff', handle],
    queryFn: async () =>
      (await api.send<typeof previewHandoff>('POST', '/api/v1/auth/sso/preview', { body: { handle } })).data,
    retry: false,
  });
  const confirm = useMutation({
    mutationFn: () =>
      api.send<typeof confirmHandoff>('POST', '/api/v1/auth/sso/confirm', { body: { handle } }),
    onSuccess: async () => {
      api.forgetCsrfToken();
      await queries.query({ ...sessionQuery(api), staleTime: 0 });
      router.history.push('/');
    },
  });
  const failed = preview.isError || confirm.isError;
  return (
    <AuthLayout title={t('sso.confirm.title')} lead={t('sso.confirm.lead', { academy: brand.name })}>
      {failed && (
        <Notice tone="bad" title={t('sso.problem.title')} live>
          {t('sso.problem.text')}
        </Notice>
      )}
      {preview.isPending && <Skeleton className="skeleton--list" />}
      {preview.data !== undefined && !failed && (
        <>
          <p>
            {t('sso.confirm.who', {
              who: preview.data.name ?? preview.data.email ?? '–',
              email: preview.data.email ?? '–',
              connection: preview.data.connection,
            })}
          </p>
          <Button
            wide
            size="l"
            isPending={confirm.isPending}
            onPress={() => {
              confirm.mutate();
            }}
          >
            {t('sso.confirm.action')}
          </Button>
        </>
      )}
    </AuthLayout>
  );
}
