import { runService } from '#libs/service';
import { insights } from './index.js';

await runService(insights);
