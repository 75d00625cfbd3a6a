import type { CertificateView } from '#libs/contracts/auth';

/** How a connection has been looked after so far. */
export interface ConnectionCare {
  readonly connectionId: string;
  /** Looks in a row that found no metadata. */
  readonly failures: number;
  /** What was wrong the last time; null where nothing was. */
  readonly error: string | null;
  /** What the administrators have been told of, so that each thing is told once. */
  readonly warnedOf: readonly string[];
}

/** Something that the administrators of an academy are told about one connection. */
export type CareNotice =
  | { readonly kind: 'certificate_expires'; readonly days: number; readonly until: string }
  | { readonly kind: 'metadata_unreadable'; readonly detail: string };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days before the end at which there is a warning. */
const WARN_AT = [1, 7, 30, 60];
/** A provider that is away for a moment is no news. */
export const FAILURES_TOLD = 3;

/** Once a day; sooner and then less and less often after a failure. Spread, so that not everybody is asked at midnight. */
export function nextLook(now: Date, failures: number, spread: number): Date {
  const wait = failures === 0 ? DAY : Math.min(DAY, HOUR * 2 ** (failures - 1));
  return new Date(now.getTime() + wait * (0.9 + 0.2 * spread));
}

/**
 * The warning that is due for the certificates of a provider. Where an old and a new one overlap, the new one counts: that is
 * how a key is turned over, and nobody has to do anything.
 */
export function expiryOf(
  certificates: readonly CertificateView[],
  now: Date,
): { readonly key: string; readonly notice: CareNotice } | null {
  const last = [...certificates].sort((one, other) => other.notAfter.localeCompare(one.notAfter))[0];
  if (last === undefined) return null;
  const left = new Date(last.notAfter).getTime() - now.getTime();
  const step = left < 0 ? 0 : WARN_AT.find((days) => left < days * DAY);
  if (step === undefined) return null;
  const days = Math.max(0, Math.ceil(left / DAY));
  return {
    key: `${last.fingerprint.slice(0, 16)}:${step}`,
    notice: { kind: 'certificate_expires', days, until: last.notAfter.slice(0, 10) },
  };
}
