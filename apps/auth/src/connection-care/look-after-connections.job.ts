import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Looks after all connections of the tenant whose time has come. */
export const lookAfterConnectionsJob = defineJob('auth.connection.look_after', z.strictObject({}));
