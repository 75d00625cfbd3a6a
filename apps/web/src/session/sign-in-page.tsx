import type { SecondStep } from '#libs/contracts/auth';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useRouter, useSearch } from '@tanstack/react-router';
import { useApi } from '../api/api-context.js';
import { useBrand, usePageTitle } from '../brand/brand-context.js';
import { withWords } from '../language/speech.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';
import { isServed, safeNext } from './safe-next.js';
import { sessionQuery } from './session.queries.js';
import { logIn } from './log-in.js';
import { SignInForm } from './sign-in-form.js';
import { stepOfHash } from './step-of-hash.js';

const BEGAN = 'harka.sign-in.began';
const LONGEST_MS = 15 * 60_000;

const loadStep = withWords('factors', () => import('./second-step.js'));
const SecondStepPage = lazy(async () => ({ default: (await loadStep()).SecondStepPage }));
const loadCompany = withWords('security', () => import('../security/company-sign-in.js'));
const CompanySignIn = lazy(async () => ({ default: (await loadCompany()).CompanySignIn }));
const loadPasskey = withWords('factors', () => import('../factors/passkey-sign-in.js'));
const PasskeySignIn = lazy(async () => ({ default: (await loadPasskey()).PasskeySignIn }));

export function SignInPage() {
  const api = useApi();
  const brand = useBrand();
  const queries = useQueryClient();
  const router = useRouter();
  const { next, sso, ref } = useSearch({ from: '/front/sign-in' });
  usePageTitle(t('signIn.title'));

  const { hash } = useLocation();
  const [step, setStep] = useState<SecondStep | null>(() => stepOfHash(hash, beganHere()));
  useEffect(() => {
    sessionStorage.setItem(BEGAN, String(Date.now()));
  }, []);

  const enter = async (): Promise<void> => {
    api.forgetCsrfToken();
    await queries.query({ ...sessionQuery(api), staleTime: 0 });
    const to = safeNext(next);
    if (isServed(to)) window.location.assign(to);
    else router.history.push(to);
  };
  const signIn = async (email: string, password: string): Promise<void> => {
    const { step: left } = await logIn(api, email, password);
    if (left === undefined) await enter();
    else setStep(left);
  };
  if (step !== null) {
    return (
      <Suspense>
        <SecondStepPage
          step={step}
          onDone={enter}
          onAgain={() => {
            setStep(null);
          }}
        />
      </Suspense>
    );
  }
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
      <Suspense>
        <CompanySignIn next={safeNext(next)} problem={sso} reference={ref} />
      </Suspense>
      <SignInForm signIn={signIn}>
        <p className="auth-form__aside">
          <Link to="/forgot-password">{t('signIn.forgot')}</Link>
        </p>
      </SignInForm>
      <Suspense>
        <PasskeySignIn onDone={enter} />
      </Suspense>
    </AuthLayout>
  );
}

/** Whether this tab showed the sign-in a moment ago. */
function beganHere(): boolean {
  return Date.now() - Number(sessionStorage.getItem(BEGAN) ?? 0) < LONGEST_MS;
}
