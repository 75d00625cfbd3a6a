import { control as source } from '../en/control.js';
import { type WordsOf } from '../words-of.js';

export const control: WordsOf<typeof source> = source;
