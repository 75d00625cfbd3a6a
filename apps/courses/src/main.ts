import { runService } from '#libs/service';
import { courses } from './index.js';

await runService(courses);
