import { z } from 'zod';
import { defineEvent, instant, uuid } from '../index.js';

const app = { appId: uuid(), name: z.string() };
const settings = z.strictObject({
  ...app,
  kind: z.string(),
  firstParty: z.boolean(),
  enabled: z.boolean(),
  redirectUris: z.array(z.string()),
  scopes: z.array(z.string()),
});

export const appRegistered = defineEvent('auth.app.registered', settings);
/** `changed` names the settings that are different. */
export const appChanged = defineEvent(
  'auth.app.changed',
  z.strictObject({ ...settings.shape, changed: z.array(z.string()) }),
);
export const appRemoved = defineEvent('auth.app.removed', z.strictObject(app));
/** It has a new one; the one of before holds until `until`. */
export const appSecretRotated = defineEvent(
  'auth.app.secret_rotated',
  z.strictObject({ ...app, until: instant() }),
);

/** Somebody signed in to an app as who he is here. */
export const appEntered = defineEvent(
  'auth.app.entered',
  z.strictObject({ ...app, userId: uuid(), sessionId: uuid(), scopes: z.array(z.string()) }),
);
/** What an app asked for was refused. At most a few of one app in a while. */
export const appRefused = defineEvent(
  'auth.app.refused',
  z.strictObject({ appId: uuid(), name: z.string(), reason: z.string() }),
);
/** Something that is good once was shown twice, so all that came of it is void. */
export const appGrantReused = defineEvent(
  'auth.app.grant_reused',
  z.strictObject({ ...app, userId: uuid().nullable(), what: z.enum(['authorization', 'refresh']) }),
);
/** An app did not want to hear that somebody signed out. */
export const appLogoutFailed = defineEvent(
  'auth.app.logout_failed',
  z.strictObject({ ...app, reason: z.string() }),
);
export const appAllowed = defineEvent(
  'auth.app_consent.given',
  z.strictObject({ ...app, userId: uuid(), scopes: z.array(z.string()) }),
);
export const appDisallowed = defineEvent(
  'auth.app_consent.withdrawn',
  z.strictObject({ ...app, userId: uuid() }),
);
export const issuerKeysRotated = defineEvent(
  'auth.issuer_key.rotated',
  z.strictObject({ kids: z.array(z.string()), revoked: z.array(z.string()) }),
);
