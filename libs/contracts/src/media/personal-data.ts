import { z } from 'zod';
import { defineEndpoint, defineEvent, personalData, personErased, uuid } from '../index.js';

export const readMediaPersonalData = defineEndpoint({
  id: 'media.person.read_data',
  service: 'media',
  method: 'GET',
  path: '/internal/v1/media/people/:userId/data',
  summary: 'What is held about a person in files',
  access: 'service',
  params: z.strictObject({ userId: uuid() }),
  response: personalData,
});

/** Nothing here says any more who the person was. */
export const mediaPersonErased = defineEvent('media.person.erased', personErased);
