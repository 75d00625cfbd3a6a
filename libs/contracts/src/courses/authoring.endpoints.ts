import { z } from 'zod';
import { defineEndpoint, pageQuery, text, uuid } from '../index.js';
import {
  authoredCourse,
  courseDescription,
  courseExport,
  courseFilter,
  courseOrder,
  courseVersion,
  courseVersionPage,
  draft,
  draftInput,
  listedCoursePage,
  newCourse,
} from './authoring.js';
import { MAX_COURSE_BYTES } from './content.js';
import { learnerLesson } from './learning.js';

const service = 'courses';
const params = z.strictObject({ courseId: uuid() });

export const listCourses = defineEndpoint({
  id: 'courses.course.list',
  service,
  method: 'GET',
  path: '/api/v1/courses',
  summary: 'All courses with their state, last changed first (authors)',
  access: 'courses.author',
  query: z.strictObject({
    ...pageQuery,
    /** Part of the title. */
    q: text(1, 200).optional(),
    /** Without it: all that are not deleted. */
    status: courseFilter.optional(),
    /** Last changed first, or by title. */
    order: courseOrder.default('updated'),
  }),
  response: listedCoursePage,
});

export const createCourse = defineEndpoint({
  id: 'courses.course.create',
  service,
  method: 'POST',
  path: '/api/v1/courses',
  summary: 'Begin a course with an empty draft',
  access: 'courses.author',
  body: newCourse,
  response: authoredCourse,
  status: 201,
});

export const getCourse = defineEndpoint({
  id: 'courses.course.get',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId',
  summary: 'A course and its state (authors)',
  access: 'courses.author',
  params,
  response: authoredCourse,
});

export const describeCourse = defineEndpoint({
  id: 'courses.course.describe',
  service,
  method: 'PATCH',
  path: '/api/v1/courses/:courseId',
  summary: 'Change title, summary, tags and the like in the draft',
  access: 'courses.author',
  params,
  body: courseDescription,
  response: draft,
  etag: true,
  ifMatch: true,
});

export const deleteCourse = defineEndpoint({
  id: 'courses.course.delete',
  service,
  method: 'DELETE',
  path: '/api/v1/courses/:courseId',
  summary: 'Delete a course; it can be restored for 30 days',
  access: 'courses.delete',
  params,
  response: null,
  status: 204,
});

export const restoreCourse = defineEndpoint({
  id: 'courses.course.restore',
  service,
  method: 'POST',
  path: '/api/v1/courses/:courseId/restore',
  summary: 'Take back the deletion of a course',
  access: 'courses.delete',
  params,
  response: authoredCourse,
});

export const getDraft = defineEndpoint({
  id: 'courses.draft.get',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/draft',
  summary: 'The whole draft',
  access: 'courses.author',
  params,
  response: draft,
  etag: true,
});

export const saveDraft = defineEndpoint({
  id: 'courses.draft.save',
  service,
  method: 'PUT',
  path: '/api/v1/courses/:courseId/draft',
  summary: 'Replace the whole draft',
  access: 'courses.author',
  params,
  body: draftInput,
  bodyLimit: MAX_COURSE_BYTES,
  response: draft,
  etag: true,
  ifMatch: true,
});

export const previewLesson = defineEndpoint({
  id: 'courses.draft.preview',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/draft/preview/lessons/:lessonId',
  summary: 'A lesson of the draft as a learner would see it',
  access: 'courses.author',
  params: z.strictObject({ courseId: uuid(), lessonId: uuid() }),
  response: learnerLesson,
});

export const publishCourse = defineEndpoint({
  id: 'courses.course.publish',
  service,
  method: 'POST',
  path: '/api/v1/courses/:courseId/publish',
  summary: 'Make the draft a version that never changes; refused with pointers when it is not complete',
  access: 'courses.publish',
  params,
  response: courseVersion,
  status: 201,
  ifMatch: true,
});

export const listVersions = defineEndpoint({
  id: 'courses.version.list',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/versions',
  summary: 'Published versions, newest first',
  access: 'courses.author',
  params,
  query: z.strictObject(pageQuery),
  response: courseVersionPage,
});

export const exportCourse = defineEndpoint({
  id: 'courses.course.export',
  service,
  method: 'GET',
  path: '/api/v1/courses/:courseId/export',
  summary: 'The course as one JSON file: a published version, or the draft',
  access: 'courses.author',
  params,
  query: z.strictObject({ version: z.coerce.number().int().positive().optional() }),
  response: null,
  download: true,
  status: 200,
});

export const importCourse = defineEndpoint({
  id: 'courses.course.import',
  service,
  method: 'POST',
  path: '/api/v1/courses/import',
  summary: 'A new course from an exported file; its content is a draft, alike to the last letter',
  access: 'courses.author',
  body: courseExport,
  bodyLimit: MAX_COURSE_BYTES,
  response: draft,
  status: 201,
});
