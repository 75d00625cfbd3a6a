import { learning } from './learning.js';
import { session } from './session.js';
import { shell } from './shell.js';

/** What is there from the start. */
export const front = { ...shell, ...session, ...learning } as const;
