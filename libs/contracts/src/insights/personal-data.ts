import { z } from 'zod';
import { defineEndpoint, defineEvent, personalData, personErased, uuid } from '../index.js';

export const readInsightsPersonalData = defineEndpoint({
  id: 'insights.person.read_data',
  service: 'insights',
  method: 'GET',
  path: '/internal/v1/insights/people/:userId/data',
  summary: 'What is held about a person in the audit log',
  access: 'service',
  params: z.strictObject({ userId: uuid() }),
  response: personalData,
});

/** Nothing here says any more who the person was. */
export const insightsPersonErased = defineEvent('insights.person.erased', personErased);
