import { authoring } from './en/authoring.js';
import { control } from './en/control.js';
import { learning } from './en/learning.js';
import { session } from './en/session.js';
import { shell } from './en/shell.js';

/** Every word that the app says in English. */
export const en = { ...shell, ...session, ...learning, ...authoring, ...control } as const;
