import { loadConfig, processEnvironment } from '#libs/config';
import { processMetrics } from '#libs/metrics';
import type { z } from 'zod';
import { startInternalServer } from './internal-server.js';
import { platformConfig } from './platform.config.js';
import { Readiness } from './readiness.js';
import type { ServiceDefinition } from './service-definition.js';
import { startService } from './start-service.js';
import { untilStopped } from './until-stopped.js';

/** What the `main.ts` of a service calls: starts it with its internal port, and stops both when the process is asked to. */
export async function runService<Config extends z.ZodObject>(
  definition: ServiceDefinition<Config>,
): Promise<void> {
  const config = loadConfig(platformConfig, processEnvironment());
  const service = await startService(definition);
  const node = { name: 'node', readiness: new Readiness(), registry: processMetrics() };
  const internal = await startInternalServer([service, node], {
    host: config.HARKA_INTERNAL_HOST,
    port: config.HARKA_METRICS_PORT,
  });
  await untilStopped();
  await service.close();
  await internal.close();
}
