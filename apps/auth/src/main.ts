import { runService } from '#libs/service';
import { auth } from './index.js';

await runService(auth);
