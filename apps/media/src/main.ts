import { runService } from '#libs/service';
import { media } from './index.js';

await runService(media);
