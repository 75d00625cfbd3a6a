import { useQuery } from '@tanstack/react-query';
import type { Factors } from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { SessionsSection } from '../account/sessions-section.js';
import { useApi } from '../api/api-context.js';
import { AllowedAppsSection } from '../apps/allowed-apps-section.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { AppSection } from './app-section.js';
import { CodesSection } from './codes-section.js';
import { DevicesSection } from './devices-section.js';
import { factorsQuery } from './factors.queries.js';
import { PasskeysSection } from './passkeys-section.js';
import '../account/account.css';
import './factors.css';

export function AccountSecurityPage() {
  usePageTitle(t('accountSecurity.title'));
  const found = useQuery(factorsQuery(useApi()));
  return (
    <div className="account">
      <BackLink to="/account">{t('account.title')}</BackLink>
      <PageHeading title={t('accountSecurity.title')}>{t('accountSecurity.lead')}</PageHeading>
      <Answer of={found} skeleton={<Skeleton className="skeleton--sessions" />}>
        {(factors) => (
          <>
            <Demand factors={factors} />
            <AppSection factors={factors} />
            <PasskeysSection factors={factors} />
            <CodesSection factors={factors} />
            <DevicesSection factors={factors} />
          </>
        )}
      </Answer>
      <AllowedAppsSection />
      <SessionsSection />
    </div>
  );
}

function Demand({
  factors: { offered, required, graceUntil, totp, passkeys },
}: {
  readonly factors: Factors;
}) {
  if (!offered) return <Notice tone="info">{t('accountSecurity.off')}</Notice>;
  if (!required || totp !== null || passkeys.length > 0) return null;
  return (
    <Notice tone="warn" title={t('accountSecurity.required')}>
      {graceUntil !== null && t('accountSecurity.requiredUntil', { when: formatShortDay(graceUntil) })}
    </Notice>
  );
}
