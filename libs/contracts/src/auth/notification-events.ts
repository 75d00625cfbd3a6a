import { z } from 'zod';
import { defineEvent, uuid } from '../index.js';
import { notificationPreference } from './notification.js';

/** Reading a notification is no event; choosing what to be told is. */
export const notificationPreferencesChanged = defineEvent(
  'auth.notification_preferences.changed',
  z.strictObject({ userId: uuid(), preferences: z.array(notificationPreference) }),
);
