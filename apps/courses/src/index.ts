import { coursesEndpoints } from '#libs/contracts/courses';
import { defineService } from '#libs/service';
import { coursesMigrations } from '../migrations/index.js';
import { coursesConfig } from './courses.config.js';
import { CoursesModule } from './courses.module.js';
import { mediaFiles } from './media-file/media-file.projection.js';
import { coursesPersonal } from './personal-data/personal-data.records.js';
import { people } from './person/person.projection.js';
import { teams } from './team/team.projection.js';

/** The front door: courses, learning and certificates. */
export const courses = defineService({
  name: 'courses',
  config: coursesConfig,
  endpoints: coursesEndpoints,
  module: () => CoursesModule,
  migrations: { shard: coursesMigrations },
  projections: [people, teams, mediaFiles],
  personal: coursesPersonal,
});
