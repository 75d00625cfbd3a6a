import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { useApi } from '../api/api-context.js';
import { useBrand, usePageTitle } from '../brand/brand-context.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';
import { safeNext } from './safe-next.js';
import { sessionQuery } from './session.queries.js';
import { logIn } from './log-in.js';
import { SignInForm } from './sign-in-form.js';

export function SignInPage() {
  const api = useApi();
  const brand = useBrand();
  const queries = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: '/front/sign-in' });
  usePageTitle(t('signIn.title'));

  const signIn = async (email: string, password: string): Promise<void> => {
    await logIn(api, email, password);
    await queries.query({ ...sessionQuery(api), staleTime: 0 });
    router.history.push(safeNext(next));
  };
  return (
    <AuthLayout
      title={t('signIn.title')}
      lead={t('signIn.lead', { academy: brand.name })}
      footer={
        brand.signIn.registration === 'invite' ? (
          t('signIn.inviteOnly')
        ) : (
          <>
            {t('signIn.noAccount')} <Link to="/register">{t('register.action')}</Link>
          </>
        )
      }
    >
      <SignInForm signIn={signIn}>
        <p className="auth-form__aside">
          <Link to="/forgot-password">{t('signIn.forgot')}</Link>
        </p>
      </SignInForm>
    </AuthLayout>
  );
}
