import type { AttemptCheck, AttemptView } from '#libs/contracts/auth';
import { z } from 'zod';

/** One sign-in, test or logout by a connection, as it went. */
export interface Attempt {
  readonly id: string;
  readonly connectionId: string;
  readonly at: Date;
  readonly purpose: AttemptView['purpose'];
  readonly outcome: AttemptView['outcome'];
  readonly reason: string | null;
  readonly subject: string | null;
  readonly email: string | null;
  readonly requestId: string;
  readonly detail: AttemptTrace;
}

/** What is kept encrypted. */
export interface AttemptTrace {
  readonly checks: readonly AttemptCheck[];
  readonly raw: string | null;
  readonly attributes: readonly (readonly [string, readonly string[]])[];
}

export const attemptTrace = z.object({
  checks: z.array(
    z.object({
      check: z.string(),
      ok: z.boolean(),
      expected: z.string().nullable(),
      actual: z.string().nullable(),
    }),
  ),
  raw: z.string().nullable(),
  attributes: z.array(z.tuple([z.string(), z.array(z.string())])),
});

const KEPT_RAW = 64 * 1024;

/** What came, fit to be kept: not endless, and without what could be used again. */
export function keptRaw(raw: string): string {
  const masked = raw
    .replace(/(<(?:\w+:)?SignatureValue[^>]*>)[^<]*/g, '$1…')
    .replace(/(<(?:\w+:)?CipherValue[^>]*>)[^<]{200,}/g, '$1…');
  return masked.length > KEPT_RAW ? `${masked.slice(0, KEPT_RAW)}…` : masked;
}

export function keptCheck({ check, ok, expected, actual }: AttemptCheck): AttemptCheck {
  const short = (text: string | null) => (text === null ? null : text.slice(0, 500));
  return { check: check.slice(0, 100), ok, expected: short(expected), actual: short(actual) };
}

export function attemptView(attempt: Attempt): AttemptView {
  const { id, connectionId, at, purpose, outcome, reason, subject, email, requestId } = attempt;
  return { id, connectionId, at: at.toISOString(), purpose, outcome, reason, subject, email, requestId };
}
