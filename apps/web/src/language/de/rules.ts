import { type rules as source } from '../en/rules.js';
import { type WordsOf } from '../words-of.js';

export const rules = {} as const satisfies WordsOf<typeof source>;
