import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Takes people over from the directories of the tenant whose time has come, one directory after the other. */
export const runLdapSyncsJob = defineJob('auth.ldap_sync.run', z.strictObject({}));
