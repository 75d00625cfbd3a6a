import { shell as source } from '../en/shell.js';
import { type WordsOf } from '../words-of.js';

export const shell: WordsOf<typeof source> = source;
