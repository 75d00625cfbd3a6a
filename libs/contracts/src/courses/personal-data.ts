import { z } from 'zod';
import { defineEndpoint, defineEvent, personalData, personErased, uuid } from '../index.js';

export const readCoursesPersonalData = defineEndpoint({
  id: 'courses.person.read_data',
  service: 'courses',
  method: 'GET',
  path: '/internal/v1/courses/people/:userId/data',
  summary: 'What is held about a person in courses, progress, notes, answers and certificates',
  access: 'service',
  params: z.strictObject({ userId: uuid() }),
  response: personalData,
});

/** Nothing here says any more who the person was. */
export const coursesPersonErased = defineEvent('courses.person.erased', personErased);
