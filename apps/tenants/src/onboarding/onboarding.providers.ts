import { CheckBundle } from './check-bundle.use-case.js';
import { CourseLibrary } from './course-library.js';
import { HttpCourseLibrary } from './course-library.http-client.js';
import { ListOnboardings } from './list-onboardings.use-case.js';
import { OnboardingPipeline } from './onboarding-pipeline.js';
import { OnboardingRepository } from './onboarding.repository.js';
import { OnboardingWaker } from './onboarding-waker.js';
import { OnboardingRunner } from './onboarding.runner.js';
import { PgOnboardingRepository } from './onboarding.pg-repository.js';
import { People } from './people.js';
import { HttpPeople } from './people.http-client.js';
import { ShowOnboarding } from './show-onboarding.use-case.js';
import { StartOnboarding } from './start-onboarding.use-case.js';
import { ContentStep } from './steps/content-step.js';
import { EnrolmentsStep, Patience, UsualPatience } from './steps/enrolments-step.js';
import { TenantStep } from './steps/tenant-step.js';
import { UsersStep } from './steps/users-step.js';
import { VerifyStep } from './steps/verify-step.js';
import { VerifyOnboarding } from './verify-onboarding.use-case.js';

export const onboardingProviders = [
  { provide: OnboardingRepository, useClass: PgOnboardingRepository },
  { provide: People, useClass: HttpPeople },
  { provide: CourseLibrary, useClass: HttpCourseLibrary },
  { provide: Patience, useClass: UsualPatience },
  TenantStep,
  UsersStep,
  ContentStep,
  EnrolmentsStep,
  VerifyStep,
  OnboardingPipeline,
  OnboardingRunner,
  { provide: OnboardingWaker, useExisting: OnboardingRunner },
  CheckBundle,
  VerifyOnboarding,
  StartOnboarding,
  ShowOnboarding,
  ListOnboardings,
];
