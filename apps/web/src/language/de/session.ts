import { session as source } from '../en/session.js';
import { type WordsOf } from '../words-of.js';

export const session: WordsOf<typeof source> = source;
