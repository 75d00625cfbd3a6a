import { runService } from '#libs/service';
import { tenants } from './index.js';

await runService(tenants);
