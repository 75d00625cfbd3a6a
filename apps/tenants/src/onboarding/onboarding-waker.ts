/** Says that there is an onboarding to work on. A hint: it is found without one too, only later. */
export abstract class OnboardingWaker {
  abstract wake(): void;
}
