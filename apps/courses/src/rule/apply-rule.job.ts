import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Goes through one rule for everybody. */
export const applyRuleJob = defineJob('courses.rule.apply', z.strictObject({ ruleId: z.uuid() }));
