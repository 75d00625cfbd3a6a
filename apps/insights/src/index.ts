import { insightsEndpoints } from '#libs/contracts/insights';
import { defineService } from '#libs/service';
import { insightsMigrations } from '../migrations/index.js';
import { audit } from './audit/audit.projection.js';
import { activity } from './dashboard/activity.projection.js';
import { dashboard } from './dashboard/dashboard.projection.js';
import { insightsConfig } from './insights.config.js';
import { InsightsModule } from './insights.module.js';
import { insightsPersonal } from './personal-data/personal-data.records.js';

/** The front door: the tenant's dashboard, the audit log, and the operator's view of the event machinery. */
export const insights = defineService({
  name: 'insights',
  config: insightsConfig,
  endpoints: insightsEndpoints,
  module: () => InsightsModule,
  migrations: { shard: insightsMigrations },
  projections: [dashboard, activity, audit],
  personal: insightsPersonal,
});
