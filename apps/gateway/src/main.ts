import { runService } from '#libs/service';
import { gateway } from './index.js';

await runService(gateway);
