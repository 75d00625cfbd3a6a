import type { SecondStep } from '#libs/contracts/auth';
import { SecondStepRequired } from './factor.errors.js';

/** The answer of a sign-in, or the step that is left of it: that is no failure. */
export async function orSecondStep<R>(signIn: () => Promise<R>): Promise<R | SecondStep> {
  try {
    return await signIn();
  } catch (error) {
    if (error instanceof SecondStepRequired) return error.step;
    throw error;
  }
}
