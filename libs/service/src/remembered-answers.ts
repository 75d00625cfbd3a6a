import type { PersonalRecord } from './personal-records.js';

/** What was answered to repeatable requests is kept for a while, and may name a person. */
export const rememberedAnswers: PersonalRecord = {
  section: 'remembered_answers',
  // The same as what it was the answer about.
  read: null,
  erase: [`DELETE FROM requests.idempotency_keys WHERE answer::text LIKE '%' || $1::uuid || '%'`],
};
