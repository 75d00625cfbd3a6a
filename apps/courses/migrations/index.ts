import { CreateCourses1763700300000 } from './1763700300000-create-courses.js';
import { CreateLearning1763700300001 } from './1763700300001-create-learning.js';
import { CreateReadModels1763700300002 } from './1763700300002-create-read-models.js';
import { CreatePurgesAndGrants1763700300010 } from './1763700300010-create-purges-and-grants.js';
import { CreateRules1763700300020 } from './1763700300020-create-rules.js';
import { CreateNotes1763700300030 } from './1763700300030-create-notes.js';
import { CreateTeamsAndRenewals1763700300040 } from './1763700300040-create-teams-and-renewals.js';
import { IndexReports1763700300050 } from './1763700300050-index-reports.js';
import { ErasePeople1763700300200 } from './1763700300200-erase-people.js';
import { IndexReportsByDate1763700300210 } from './1763700300210-index-reports-by-date.js';

/** For each shard, after those of libs/sharding and libs/events. */
export const coursesMigrations = [
  CreateCourses1763700300000,
  CreateLearning1763700300001,
  CreateReadModels1763700300002,
  CreatePurgesAndGrants1763700300010,
  CreateRules1763700300020,
  CreateNotes1763700300030,
  CreateTeamsAndRenewals1763700300040,
  IndexReports1763700300050,
  ErasePeople1763700300200,
  IndexReportsByDate1763700300210,
];
