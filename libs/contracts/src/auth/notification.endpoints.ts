import { z } from 'zod';
import { defineEndpoint, pageQuery, uuid } from '../index.js';
import {
  notificationPage,
  notificationPreferences,
  notificationPreferencesInput,
  unreadCount,
} from './notification.js';

const service = 'auth';
const access = 'member';
const params = z.strictObject({ notificationId: uuid() });

export const listNotifications = defineEndpoint({
  id: 'auth.notification.list',
  service,
  method: 'GET',
  path: '/api/v1/me/notifications',
  summary: 'What the caller was told, newest first, and how much of it is unread',
  access,
  query: z.strictObject({ ...pageQuery, unread: z.enum(['true', 'false']).default('false') }),
  response: notificationPage,
});

export const countUnreadNotifications = defineEndpoint({
  id: 'auth.notification.count',
  service,
  method: 'GET',
  path: '/api/v1/me/notifications/unread-count',
  summary: 'How many notifications are unread, up to 100',
  access,
  response: unreadCount,
});

export const readAllNotifications = defineEndpoint({
  id: 'auth.notification.read_all',
  service,
  method: 'POST',
  path: '/api/v1/me/notifications/read-all',
  summary: 'Mark everything as read',
  access,
  response: unreadCount,
});

export const readNotification = defineEndpoint({
  id: 'auth.notification.read',
  service,
  method: 'POST',
  path: '/api/v1/me/notifications/:notificationId/read',
  summary: 'Mark one as read',
  access,
  params,
  response: unreadCount,
});

export const unreadNotification = defineEndpoint({
  id: 'auth.notification.unread',
  service,
  method: 'POST',
  path: '/api/v1/me/notifications/:notificationId/unread',
  summary: 'Mark one as unread again',
  access,
  params,
  response: unreadCount,
});

export const getNotificationPreferences = defineEndpoint({
  id: 'auth.notification_preferences.get',
  service,
  method: 'GET',
  path: '/api/v1/me/notification-preferences',
  summary: 'Which kinds of notification reach the caller, and how',
  access,
  response: notificationPreferences,
});

export const changeNotificationPreferences = defineEndpoint({
  id: 'auth.notification_preferences.change',
  service,
  method: 'PATCH',
  path: '/api/v1/me/notification-preferences',
  summary: 'Change how kinds of notification reach the caller',
  access,
  body: notificationPreferencesInput,
  response: notificationPreferences,
});

export const notificationEndpoints = [
  listNotifications,
  countUnreadNotifications,
  readAllNotifications,
  readNotification,
  unreadNotification,
  getNotificationPreferences,
  changeNotificationPreferences,
] as const;
