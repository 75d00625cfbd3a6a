import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { verifyEmail } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';
import { FormProblem } from './form-problem.js';
import { linkToken } from './link-token.js';
import './auth-form.css';

/** A press confirms, not the mere opening: mail scanners open links too. */
export function VerifyEmailPage() {
  const api = useApi();
  const token = linkToken(useLocation().hash);
  usePageTitle(t('verify.title'));
  const verify = useMutation({
    mutationFn: (body: { token: string }) =>
      api.send<typeof verifyEmail>('POST', '/api/v1/auth/verify-email', { body }),
  });
  if (verify.isSuccess) {
    return (
      <AuthLayout title={t('verify.done.title')} lead={t('verify.done.text')}>
        <ButtonLink to="/sign-in" size="l" wide>
          {t('signIn.action')}
        </ButtonLink>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title={t('verify.title')}
      lead={t('verify.lead')}
      footer={<Link to="/sign-in">{t('signIn.back')}</Link>}
    >
      {token === null ? (
        <Notice tone="warn" title={t('link.missing.title')}>
          {t('link.missing.text')}
        </Notice>
      ) : (
        <div className="auth-form">
          <FormProblem error={verify.error} />
          <Button
            size="l"
            wide
            isPending={verify.isPending}
            onPress={() => {
              verify.mutate({ token });
            }}
          >
            {t('verify.action')}
          </Button>
        </div>
      )}
    </AuthLayout>
  );
}
