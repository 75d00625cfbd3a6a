import { z } from 'zod';
import { defineEndpoint, pageQuery, text, uuid } from '../index.js';
import { MAX_COURSE_BYTES } from './content.js';
import {
  assignment,
  assignmentResult,
  csvAssignmentResult,
  enrolmentImport,
  enrolmentImportResult,
  enrolmentStatus,
  managedEnrolmentPage,
  MAX_CSV_BYTES,
} from './enrolment.js';
import { courseImport, courseImportResult, coursesDigest } from './onboarding.js';

const service = 'courses';
const params = z.strictObject({ courseId: uuid() });

export const listEnrolments = defineEndpoint({
  id: 'courses.enrolment.list',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/enrolments',
  summary: 'Who is in a course and how far, last enrolled first',
  access: 'enrolments.manage',
  params,
  query: z.strictObject({
    ...pageQuery,
    status: enrolmentStatus.optional(),
    /** Part of the learner's name or e-mail address. */
    q: text(1, 200).optional(),
  }),
  response: managedEnrolmentPage,
});

export const assignCourse = defineEndpoint({
  id: 'courses.enrolment.assign',
  service,
  method: 'POST',
  path: '/api/v1/courses/:courseId/assignments',
  summary: 'Enrol people, with a due date if wanted; one outcome a person',
  access: 'enrolments.manage',
  params,
  body: assignment,
  response: assignmentResult,
});

export const assignByCsv = defineEndpoint({
  id: 'courses.enrolment.assign_csv',
  service,
  method: 'POST',
  path: '/api/v1/courses/:courseId/assignments/csv',
  summary: 'Enrol people by a CSV file (email, due_at); one outcome a row; dryRun=true writes nothing',
  access: 'enrolments.manage',
  params,
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') }),
  upload: true,
  bodyLimit: MAX_CSV_BYTES,
  response: csvAssignmentResult,
});

export const withdrawLearner = defineEndpoint({
  id: 'courses.enrolment.withdraw',
  service,
  method: 'DELETE',
  path: '/api/v1/courses/:courseId/enrolments/:enrolmentId',
  summary: 'Take somebody out of a course that he has not completed; progress is kept',
  access: 'enrolments.manage',
  params: z.strictObject({ courseId: uuid(), enrolmentId: uuid() }),
  response: null,
  status: 204,
});

export const importBundleCourse = defineEndpoint({
  id: 'courses.onboarding.import_course',
  service,
  method: 'POST',
  path: '/internal/v1/courses/import',
  summary: 'Publish one course of an onboarding bundle; the same content again changes nothing',
  access: 'service',
  body: courseImport,
  bodyLimit: MAX_COURSE_BYTES,
  response: courseImportResult,
});

export const importBundleEnrolments = defineEndpoint({
  id: 'courses.onboarding.import_enrolments',
  service,
  method: 'POST',
  path: '/internal/v1/enrolments/import',
  summary: 'Enrol the people of an onboarding bundle; once more changes nothing',
  access: 'service',
  body: enrolmentImport,
  response: enrolmentImportResult,
});

export const digestCourses = defineEndpoint({
  id: 'courses.onboarding.digest',
  service,
  method: 'GET',
  path: '/internal/v1/courses/digest',
  summary: 'Counts and digests of what the tenant holds',
  access: 'service',
  response: coursesDigest,
});
