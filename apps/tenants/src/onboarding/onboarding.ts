import type {
  Onboarding as OnboardingView,
  OnboardingProgress,
  OnboardingStep,
} from '#libs/contracts/tenants';
import type { Actor } from '#libs/tenancy';
import type { Bundle } from './bundle/bundle.js';

/** What came of the parts of a bundle; remembered, so that a repetition does not do them again. */
export interface OnboardingResults {
  /** Media ids, by the path of the file. */
  readonly media: Readonly<Record<string, string>>;
}

export interface Verification {
  readonly checkedAt: Date;
  readonly matches: boolean;
  readonly differences: readonly string[];
}

/** One folder on its way into the platform. */
export interface Onboarding {
  readonly id: string;
  readonly slug: string;
  readonly bundleDigest: string;
  readonly tenantId: string;
  readonly requestedBy: Actor;
  readonly state: OnboardingView['state'];
  /** The step that is to be done next. */
  readonly step: OnboardingStep;
  readonly progress: OnboardingProgress;
  readonly results: OnboardingResults;
  readonly verification: Verification | null;
  readonly failure: { readonly code: string; readonly detail: string } | null;
  /** How often in a row the step was given up for a passing reason. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

type Beginning = Pick<Onboarding, 'id' | 'tenantId' | 'requestedBy'>;

export function begun(bundle: Bundle, { id, tenantId, requestedBy }: Beginning, now: Date): Onboarding {
  return {
    id,
    slug: bundle.tenant.slug,
    bundleDigest: bundle.digest,
    tenantId,
    requestedBy,
    state: 'running',
    step: 'tenant',
    progress: {
      users: { done: 0, total: bundle.users.length },
      courses: { done: 0, total: bundle.courses.length },
      enrolments: { done: 0, total: bundle.enrolments.length },
    },
    results: { media: {} },
    verification: null,
    failure: null,
    attempts: 0,
    createdAt: now,
    updatedAt: now,
    finishedAt: null,
  };
}

export function toView(onboarding: Onboarding): OnboardingView {
  const { id, slug, bundleDigest, tenantId, state, step, progress, failure, verification } = onboarding;
  return {
    id,
    slug,
    bundleDigest,
    tenantId,
    state,
    step,
    progress,
    failure,
    verification: verification && {
      checkedAt: verification.checkedAt.toISOString(),
      matches: verification.matches,
      differences: [...verification.differences],
    },
    createdAt: onboarding.createdAt.toISOString(),
    updatedAt: onboarding.updatedAt.toISOString(),
    finishedAt: onboarding.finishedAt?.toISOString() ?? null,
  };
}
