import { z } from 'zod';
import { defineEvent, instant, uuid } from '../index.js';

/** `name` is that of the connection. The link itself is in no event. */
const setupLink = { setupLinkId: uuid(), connectionId: uuid(), name: z.string() };

export const setupLinkCreated = defineEvent(
  'auth.setup_link.created',
  z.strictObject({ ...setupLink, uses: z.enum(['one', 'many']), expiresAt: instant() }),
);
/** Somebody opened it for the first time. */
export const setupLinkOpened = defineEvent('auth.setup_link.opened', z.strictObject(setupLink));
/** Whoever used it says that all is set up. */
export const setupLinkFinished = defineEvent('auth.setup_link.finished', z.strictObject(setupLink));
export const setupLinkRevoked = defineEvent('auth.setup_link.revoked', z.strictObject(setupLink));
