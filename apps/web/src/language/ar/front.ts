import { learning } from './learning.js';
import { session } from './session.js';
import { shell } from './shell.js';

export const front = { ...shell, ...session, ...learning } as const;
