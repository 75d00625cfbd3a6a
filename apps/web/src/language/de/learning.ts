import { learning as source } from '../en/learning.js';
import { type WordsOf } from '../words-of.js';

export const learning: WordsOf<typeof source> = source;
