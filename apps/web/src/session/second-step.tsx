import type { SecondStep } from '#libs/contracts/auth';
import { usePageTitle } from '../brand/brand-context.js';
import { SecondStepForm } from '../factors/second-step-form.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';

interface SecondStepPageProps {
  readonly step: SecondStep;
  readonly onDone: () => Promise<void>;
  readonly onAgain: () => void;
}

/** In the place of the sign-in, once the password was right. */
export function SecondStepPage({ step, onDone, onAgain }: SecondStepPageProps) {
  const title = step.enrol ? t('enrol.title') : t('secondStep.title');
  usePageTitle(title);
  return (
    <AuthLayout title={title} lead={step.enrol ? t('enrol.lead') : t('secondStep.lead')}>
      <SecondStepForm step={step} onDone={onDone} onAgain={onAgain} />
    </AuthLayout>
  );
}
