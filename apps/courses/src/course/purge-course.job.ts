import { uuid } from '#libs/contracts';
import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** A deleted course has waited long enough. */
export const purgeCourseJob = defineJob('courses.course.purge', z.strictObject({ courseId: uuid() }));
