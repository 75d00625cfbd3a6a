import { type security as source } from '../en/security.js';
import { type WordsOf } from '../words-of.js';

export const security = {} as const satisfies WordsOf<typeof source>;
