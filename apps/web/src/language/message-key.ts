import type { authoring } from './en/authoring.js';
import type { control } from './en/control.js';
import type { factors } from './en/factors.js';
import type { front } from './en/front.js';
import type { notifications } from './en/notifications.js';
import type { people } from './en/people.js';
import type { rules } from './en/rules.js';
import type { apps } from './en/apps.js';
import type { security } from './en/security.js';
import type { BaseKey } from './words-of.js';

type Source = typeof front &
  typeof authoring &
  typeof people &
  typeof notifications &
  typeof rules &
  typeof security &
  typeof apps &
  typeof factors &
  typeof control;

/** Every message of the app; one that depends on a number is named without its plural category. */
export type MessageKey = BaseKey<keyof Source>;
