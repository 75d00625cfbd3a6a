import { people as source } from '../en/people.js';
import { type WordsOf } from '../words-of.js';

export const people: WordsOf<typeof source> = source;
