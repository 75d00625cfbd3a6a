import { z } from 'zod';
import { defineEndpoint, pageQuery, uuid } from '../index.js';
import { catalogueDetail, catalogueFacets, cataloguePage, catalogueQuery } from './catalogue.js';
import { myCertificatePage, publicCertificate } from './certificate.js';
import { enrolment } from './enrolment.js';
import {
  attemptInput,
  attemptOutcome,
  courseOutline,
  lessonProgressInput,
  lessonProgressResult,
  lessonView,
  myCoursePage,
} from './learning.js';
import { note, noteInput, notePage } from './note.js';

const service = 'courses';
const courseParams = z.strictObject({ courseId: uuid() });
const enrolmentParams = z.strictObject({ enrolmentId: uuid() });
const lessonParams = z.strictObject({ enrolmentId: uuid(), lessonId: uuid() });
const certificateParams = z.strictObject({ certificateId: uuid() });

export const searchCatalogue = defineEndpoint({
  id: 'courses.catalogue.search',
  service,
  method: 'GET',
  path: '/api/v1/catalogue',
  summary: 'Published courses; with q the best matches first, else the newest first',
  access: 'courses.read',
  query: catalogueQuery,
  response: cataloguePage,
});

export const listCatalogueFacets = defineEndpoint({
  id: 'courses.catalogue.facets',
  service,
  method: 'GET',
  path: '/api/v1/catalogue-facets',
  summary: 'By what the catalogue can be narrowed: its topics and languages, the most frequent first',
  access: 'courses.read',
  response: catalogueFacets,
});

export const listRecommendations = defineEndpoint({
  id: 'courses.recommendation.list',
  service,
  method: 'GET',
  path: '/api/v1/me/recommendations',
  summary:
    "Courses that the caller has not taken: those with the topics of the caller's own first, then the newest",
  access: 'courses.read',
  query: z.strictObject({ limit: pageQuery.limit }),
  response: cataloguePage,
});

export const getCatalogueCourse = defineEndpoint({
  id: 'courses.catalogue.get',
  service,
  method: 'GET',
  path: '/api/v1/catalogue/:courseId',
  summary: 'A published course with its table of contents',
  access: 'courses.read',
  params: courseParams,
  response: catalogueDetail,
});

export const enrolMyself = defineEndpoint({
  id: 'courses.enrolment.create',
  service,
  method: 'POST',
  path: '/api/v1/courses/:courseId/enrolments',
  summary: 'Enrol the caller; who had withdrawn comes back with the progress made before',
  access: 'enrolments.self',
  params: courseParams,
  response: enrolment,
  status: 201,
});

export const listMyCourses = defineEndpoint({
  id: 'courses.my_course.list',
  service,
  method: 'GET',
  path: '/api/v1/me/courses',
  summary: "The caller's courses with progress, last enrolled first",
  access: 'member',
  query: z.strictObject(pageQuery),
  response: myCoursePage,
});

export const getMyCourse = defineEndpoint({
  id: 'courses.my_course.get',
  service,
  method: 'GET',
  path: '/api/v1/me/courses/:enrolmentId',
  summary: 'Modules and lessons of the version that the learner is on, with the state of each',
  access: 'member',
  params: enrolmentParams,
  response: courseOutline,
});

export const withdrawMyself = defineEndpoint({
  id: 'courses.my_course.withdraw',
  service,
  method: 'DELETE',
  path: '/api/v1/me/courses/:enrolmentId',
  summary: 'Leave a course that the learner chose and has not completed; progress is kept',
  access: 'member',
  params: enrolmentParams,
  response: null,
  status: 204,
});

export const getMyLesson = defineEndpoint({
  id: 'courses.my_lesson.get',
  service,
  method: 'GET',
  path: '/api/v1/me/courses/:enrolmentId/lessons/:lessonId',
  summary: 'A lesson to learn from; a quiz comes without its answers',
  access: 'member',
  params: lessonParams,
  response: lessonView,
});

export const recordProgress = defineEndpoint({
  id: 'courses.my_lesson.progress',
  service,
  method: 'PUT',
  path: '/api/v1/me/courses/:enrolmentId/lessons/:lessonId/progress',
  summary: 'Say how far the learner is in a lesson; the last one completes the course',
  access: 'member',
  params: lessonParams,
  body: lessonProgressInput,
  response: lessonProgressResult,
});

export const submitAttempt = defineEndpoint({
  id: 'courses.my_quiz.attempt',
  service,
  method: 'POST',
  path: '/api/v1/me/courses/:enrolmentId/lessons/:lessonId/attempts',
  summary: 'Hand in a quiz; the server grades it',
  access: 'member',
  params: lessonParams,
  body: attemptInput,
  response: attemptOutcome,
  status: 201,
});

export const getMyNote = defineEndpoint({
  id: 'courses.my_note.get',
  service,
  method: 'GET',
  path: '/api/v1/me/courses/:enrolmentId/lessons/:lessonId/note',
  summary: "The learner's own note beside a lesson; empty, with the ETag to begin with, where there is none",
  access: 'member',
  params: lessonParams,
  response: note,
  etag: true,
});

export const saveMyNote = defineEndpoint({
  id: 'courses.my_note.save',
  service,
  method: 'PUT',
  path: '/api/v1/me/courses/:enrolmentId/lessons/:lessonId/note',
  summary: "Write the learner's own note beside a lesson; an empty text takes it away",
  access: 'member',
  params: lessonParams,
  body: noteInput,
  response: note,
  etag: true,
  ifMatch: true,
});

export const listMyNotes = defineEndpoint({
  id: 'courses.my_note.list',
  service,
  method: 'GET',
  path: '/api/v1/me/courses/:enrolmentId/notes',
  summary: "The learner's own notes of a course, in the order of its lessons",
  access: 'member',
  params: enrolmentParams,
  response: notePage,
});

export const listMyCertificates = defineEndpoint({
  id: 'courses.my_certificate.list',
  service,
  method: 'GET',
  path: '/api/v1/me/certificates',
  summary: "The caller's certificates, newest first",
  access: 'member',
  query: z.strictObject(pageQuery),
  response: myCertificatePage,
});

export const verifyCertificate = defineEndpoint({
  id: 'courses.certificate.verify',
  service,
  method: 'GET',
  path: '/api/v1/certificates/:certificateId',
  summary: 'Whether a certificate is genuine, and what it says',
  access: 'public',
  params: certificateParams,
  response: publicCertificate,
});

export const downloadCertificate = defineEndpoint({
  id: 'courses.certificate.download',
  service,
  method: 'GET',
  path: '/api/v1/certificates/:certificateId/pdf',
  summary: "The certificate as a PDF in the tenant's brand",
  access: 'public',
  params: certificateParams,
  response: null,
  download: true,
  status: 200,
});
