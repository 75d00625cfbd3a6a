import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Circle, CircleAlert, CircleCheck, FileDown } from 'lucide-react';
import type { Onboarding, OnboardingStep } from '#libs/contracts/tenants';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { ButtonAnchor, ButtonLink } from '../design/button-link.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { ProgressBar } from '../design/progress.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Spinner } from '../design/spinner.js';
import { formatZonedMoment } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { onboardingNames, onboardingTones, stepNames } from './control-words.js';
import { onboardingQuery } from './control.queries.js';
import './control.css';

const STEPS: readonly OnboardingStep[] = ['tenant', 'users', 'content', 'enrolments', 'verify'];
const counters = { users: 'users', content: 'courses', enrolments: 'enrolments' } as const;

/** One import on its way, step by step; it goes on by itself when the platform was restarted. */
export function OnboardingPage() {
  const { onboardingId } = useParams({ from: '/control/onboardings/$onboardingId' });
  const onboarding = useQuery(onboardingQuery(useApi(), onboardingId));
  usePageTitle(onboarding.data?.slug ?? t('control.onboardings'));
  const waiting = onboarding.data !== undefined && onboarding.isError && isProblem(onboarding.error);
  return (
    <>
      <BackLink to="/control/onboardings">{t('control.onboardings')}</BackLink>
      <Answer isPage of={onboarding} skeleton={<Skeleton className="skeleton--list" />}>
        {(data) => (
          <>
            <PageHeading
              title={data.slug}
              actions={
                <div className="control-buttons">
                  <ButtonAnchor
                    look="secondary"
                    icon={<FileDown aria-hidden />}
                    href={`/api/v1/operator/onboardings/${data.id}/report`}
                    download
                  >
                    {t('onboarding.report')}
                  </ButtonAnchor>
                  {data.state === 'done' && (
                    <ButtonLink to="/control/tenants/$tenantId" params={{ tenantId: data.tenantId }}>
                      {t('onboarding.openTenant')}
                    </ButtonLink>
                  )}
                </div>
              }
            >
              <Badge tone={onboardingTones[data.state]}>{t(onboardingNames[data.state])}</Badge>
            </PageHeading>
            {waiting && <Notice tone="warn" title={t('onboarding.waiting')} live />}
            {data.failure !== null && (
              <Notice tone="bad" title={data.failure.detail} live>
                {t('onboarding.again')} <span className="control-code">{data.failure.code}</span>
              </Notice>
            )}
            <ol className="control-steps" aria-label={t('onboarding.steps')}>
              {STEPS.map((step) => (
                <Step key={step} step={step} onboarding={data} />
              ))}
            </ol>
            <Verification onboarding={data} />
            <Facts onboarding={data} />
          </>
        )}
      </Answer>
    </>
  );
}

interface StepProps {
  readonly step: OnboardingStep;
  readonly onboarding: Onboarding;
}

function Step({ step, onboarding }: StepProps) {
  const { state, progress } = onboarding;
  const [at, now] = [STEPS.indexOf(step), STEPS.indexOf(onboarding.step)];
  const isDone = state === 'done' || at < now;
  const isNow = !isDone && at === now;
  const counter = step === 'tenant' || step === 'verify' || step === 'done' ? null : progress[counters[step]];
  return (
    <li
      className={`control-step control-step--${isDone ? 'done' : isNow ? 'now' : 'later'}`}
      {...(isNow ? { 'aria-current': 'step' as const } : {})}
    >
      {isDone ? (
        <CircleCheck aria-label={t('onboarding.step.done')} />
      ) : isNow && state === 'failed' ? (
        <CircleAlert aria-label={t('onboarding.failed')} />
      ) : isNow ? (
        <Spinner />
      ) : (
        <Circle aria-hidden />
      )}
      <span>
        {t(stepNames[step])}
        {isNow && counter !== null && (
          <ProgressBar
            label={t(stepNames[step])}
            value={counter.total === 0 ? 1 : counter.done / counter.total}
          />
        )}
      </span>
      {counter !== null && (
        <span>{t('limit.of', { used: formatNumber(counter.done), most: formatNumber(counter.total) })}</span>
      )}
    </li>
  );
}

function Verification({ onboarding: { verification } }: { readonly onboarding: Onboarding }) {
  if (verification === null) return null;
  const { matches, differences, checkedAt } = verification;
  return (
    <Notice tone={matches ? 'good' : 'warn'} title={t(matches ? 'onboarding.matches' : 'onboarding.differs')}>
      {differences.length > 0 && (
        <ul>
          {differences.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      )}
      <p>{t('control.checkedAt', { at: formatZonedMoment(checkedAt) })}</p>
    </Notice>
  );
}

function Facts({ onboarding }: { readonly onboarding: Onboarding }) {
  const { bundleDigest, createdAt, finishedAt, tenantId } = onboarding;
  return (
    <Section title={t('onboarding.facts')}>
      <dl className="control-facts">
        <dt>{t('onboarding.digest')}</dt>
        <dd className="control-code">{bundleDigest}</dd>
        <dt>{t('control.id')}</dt>
        <dd className="control-code">{tenantId}</dd>
        <dt>{t('onboarding.begun')}</dt>
        <dd>{formatZonedMoment(createdAt)}</dd>
        <dt>{t('onboarding.finished')}</dt>
        <dd>{finishedAt === null ? '–' : formatZonedMoment(finishedAt)}</dd>
      </dl>
    </Section>
  );
}
