import { z } from 'zod';
import { defineEndpoint, page, pageQuery, uuid } from '../index.js';
import {
  attemptGrant,
  courseHistoryEntry,
  managedQuiz,
  managedQuizzes,
  publishedContent,
  publishImpact,
  revocation,
  revokedCertificate,
  versionComparison,
} from './history.js';

const service = 'courses';
const params = z.strictObject({ courseId: uuid() });
const enrolmentParams = z.strictObject({ courseId: uuid(), enrolmentId: uuid() });
const number = z.coerce.number().int().positive();

export const listHistory = defineEndpoint({
  id: 'courses.history.list',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/history',
  summary: 'Published versions, newest first, with who published them and how many learners are on each',
  access: 'courses.author',
  params,
  query: z.strictObject(pageQuery),
  response: page(courseHistoryEntry),
});

export const getPublishedContent = defineEndpoint({
  id: 'courses.version.content',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/content',
  summary: 'All that a published version says',
  access: 'courses.author',
  params,
  query: z.strictObject({
    /** Which one. */
    version: number,
  }),
  response: publishedContent,
});

export const compareVersions = defineEndpoint({
  id: 'courses.version.compare',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/comparison',
  summary: 'What differs between two versions, or a version and the draft, lesson by lesson',
  access: 'courses.author',
  params,
  query: z.strictObject({
    /** The older side. */
    from: number,
    /** The newer side; the draft where it is left out. */
    to: number.optional(),
  }),
  response: versionComparison,
});

export const showPublishImpact = defineEndpoint({
  id: 'courses.course.publish_impact',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/publish-impact',
  summary: 'What publishing the draft would change, and for how many learners',
  access: 'courses.author',
  params,
  response: publishImpact,
});

export const listManagedQuizzes = defineEndpoint({
  id: 'courses.attempt.list',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/enrolments/:enrolmentId/attempts',
  summary: "The quizzes of a learner's course: tries used, left and granted",
  access: 'enrolments.manage',
  params: enrolmentParams,
  response: managedQuizzes,
});

export const grantAttempts = defineEndpoint({
  id: 'courses.attempt.grant',
  service,
  method: 'POST',
  path: '/api/v1/courses/:courseId/enrolments/:enrolmentId/attempts',
  summary: 'Give a learner further tries at a quiz',
  access: 'enrolments.manage',
  params: enrolmentParams,
  body: attemptGrant,
  response: managedQuiz,
});

export const revokeCertificate = defineEndpoint({
  id: 'courses.certificate.revoke',
  service,
  method: 'POST',
  path: '/api/v1/certificates/:certificateId/revoke',
  summary: 'Take a certificate back for good: its public page says so from now on, and it is printed no more',
  access: 'enrolments.manage',
  params: z.strictObject({ certificateId: uuid() }),
  body: revocation,
  response: revokedCertificate,
});

export const historyEndpoints = [
  listHistory,
  getPublishedContent,
  compareVersions,
  showPublishImpact,
  listManagedQuizzes,
  grantAttempts,
  revokeCertificate,
] as const;
