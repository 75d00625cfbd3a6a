import { z } from 'zod';
import { uuid } from './text.js';

/** What an erased person is called from then on. */
export const ERASED_NAME = 'Erased person';

/** An address that nobody has or can have (RFC 2606), and that is not another's. */
export function erasedEmail(userId: string): string {
  return `erased-${userId}@erased.invalid`;
}

/** What comes in the place of a field: the name, the address or the word of somebody erased, or nothing. */
type StandIn = 'name' | 'email' | 'text' | 'nothing';
type FieldsByType = Readonly<Record<string, Readonly<Record<string, StandIn>>>>;

const person = {
  name: 'name',
  email: 'email',
  department: 'nothing',
  team: 'nothing',
  teamId: 'nothing',
  managerId: 'nothing',
  locale: 'nothing',
  timeZone: 'nothing',
} as const;

/**
 * Where events say something that identifies a person or was written about him. `about`: the payload is about him (its
 * `userId`, or the subject); `by`: he caused the event. Everything else in the log are ids, states and the academy's own things.
 */
export const personalFields: { readonly about: FieldsByType; readonly by: FieldsByType } = {
  about: {
    'auth.user.created': person,
    'auth.user.updated': person,
    'auth.user.activated': person,
    'auth.user.deactivated': person,
    'auth.user.reactivated': person,
    'auth.user.invited': person,
    'auth.acting.started': { reason: 'text' },
    'auth.factor.added': { name: 'text' },
    'auth.factor.removed': { name: 'text' },
    'auth.factor.reset': { reason: 'text' },
    'courses.certificate.issued': { learnerName: 'name' },
    'courses.certificate.revoked': { learnerName: 'name', reason: 'text' },
    'courses.enrolment.escalated': { learnerName: 'name' },
    'courses.quiz.attempts_granted': { reason: 'text' },
  },
  by: {
    'auth.api_key.created': { name: 'text' },
    'auth.api_key.rotated': { name: 'text' },
  },
};

/** What one service holds about a person, section by section. No secrets, no hashes of them. */
export const personalData = z.strictObject({
  sections: z.array(z.strictObject({ name: z.string(), rows: z.array(z.record(z.string(), z.unknown())) })),
});
export type PersonalData = z.infer<typeof personalData>;

/** What a service says when it has erased a person from all that is its own. */
export const personErased = z.strictObject({
  userId: uuid(),
  erasureId: uuid(),
  /** Rows that were deleted or changed. */
  rows: z.int().nonnegative(),
});
