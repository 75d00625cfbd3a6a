import type { SecondStep } from '#libs/contracts/auth';

const NAME = '#second-step=';
const LONGEST = 2_000;
const methods: readonly unknown[] = ['totp', 'passkey', 'recovery_code'];

/**
 * The step that a single sign-on leaves, as it comes in the fragment. One that would set up a factor is taken only where this tab began
 * the sign-in: else a link of somebody else could have a person sign in to his account.
 */
export function stepOfHash(hash: string, beganHere: boolean): SecondStep | null {
  const at = hash.startsWith('#') ? hash : `#${hash}`;
  if (!at.startsWith(NAME) || at.length > LONGEST) return null;
  const step = readJson(at.slice(NAME.length));
  return isStep(step) && (!step.enrol || beganHere) ? step : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return null;
  }
}

function isStep(value: unknown): value is SecondStep {
  if (typeof value !== 'object' || value === null) return false;
  const step = value as Partial<Record<keyof SecondStep, unknown>>;
  return (
    step.mfaRequired === true &&
    typeof step.challengeId === 'string' &&
    Array.isArray(step.methods) &&
    step.methods.length > 0 &&
    step.methods.every((method) => methods.includes(method)) &&
    typeof step.enrol === 'boolean' &&
    typeof step.mayTrustDevice === 'boolean'
  );
}
