import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { operatorLogin } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { useBrand, usePageTitle } from '../brand/brand-context.js';
import { t } from '../language/t.js';
import { AuthLayout } from '../session/auth-layout.js';
import { SignInForm } from '../session/sign-in-form.js';
import { operatorQuery } from './operator.queries.js';

export function ControlSignInPage() {
  const api = useApi();
  const brand = useBrand();
  const queries = useQueryClient();
  const navigate = useNavigate();
  usePageTitle(t('signIn.title'));
  const signIn = async (email: string, password: string): Promise<void> => {
    await api.send<typeof operatorLogin>('POST', '/api/v1/operator/auth/login', {
      body: { email, password },
    });
    api.forgetCsrfToken();
    await queries.query({ ...operatorQuery(api), staleTime: 0 });
    await navigate({ to: '/control' });
  };
  return (
    <AuthLayout title={brand.name} lead={t('control.signInLead')} motto={t('control.motto')}>
      <SignInForm signIn={signIn} />
    </AuthLayout>
  );
}
