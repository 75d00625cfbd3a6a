import { DomainError } from '#libs/kernel';
import type { BundleIssue } from '#libs/contracts/tenants';

const MOST_TOLD = 1_000;

/** Tells everything that is wrong with a bundle, each with its place and what would help. */
export class BundleInvalid extends DomainError {
  constructor(issues: readonly BundleIssue[], paths: readonly string[]) {
    const files = new Set(issues.map(({ file }) => file)).size;
    const told = issues.slice(0, MOST_TOLD);
    super(
      'invalid',
      'onboarding.bundle_invalid',
      `The folder cannot be imported: ${count(issues.length, 'problem')} in ${count(files, 'file')}. Nothing was changed.`,
      {
        faults: told.map(({ code, file, line, column, detail, help }) => ({
          pointer: pointerTo(paths.indexOf(file)),
          code,
          detail: `${placeOf(file, line, column)} ${detail} ${help}`,
        })),
        details: { issues: told },
      },
    );
  }
}

export class OnboardingUnknown extends DomainError {
  constructor() {
    super('not_found', 'onboarding.not_found', 'There is no such onboarding.');
  }
}

export class EnrolmentsRefused extends DomainError {
  constructor(refusals: readonly string[]) {
    super(
      'conflict',
      'onboarding.enrolments_refused',
      `${count(refusals.length, 'enrolment')} could not be made: ${refusals.slice(0, 10).join('; ')}.`,
    );
  }
}

export class VerificationFailed extends DomainError {
  constructor(differences: readonly string[]) {
    super(
      'conflict',
      'onboarding.verification_failed',
      `The tenant differs from the folder: ${differences.slice(0, 10).join('; ')}.`,
      { details: { differences: [...differences] } },
    );
  }
}

/** Another process works on the onboarding now. */
export class LeaseLost extends Error {}

/** The process is asked to stop; the work goes on where it was left. */
export class Interrupted extends Error {}

function placeOf(file: string, line: number | null, column: number | null): string {
  return `${[file, line, column].filter((part) => part !== null).join(':')}:`;
}

function pointerTo(index: number): string {
  return index < 0 ? '/files' : `/files/${index}/content`;
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}
