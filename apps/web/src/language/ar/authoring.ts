import { authoring as source } from '../en/authoring.js';
import { type WordsOf } from '../words-of.js';

export const authoring: WordsOf<typeof source> = source;
