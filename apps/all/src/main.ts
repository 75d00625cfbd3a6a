import { auth } from '#apps/auth';
import { courses } from '#apps/courses';
import { gateway } from '#apps/gateway';
import { insights } from '#apps/insights';
import { media } from '#apps/media';
import { tenants } from '#apps/tenants';
import { loadConfig, processEnvironment, type Environment } from '#libs/config';
import { processMetrics } from '#libs/metrics';
import { platformConfig, Readiness, startInternalServer, startService, untilStopped } from '#libs/service';
import { allConfig } from './all.config.js';
import { demoSignIns, seedDemo } from './demo.js';
import { freePorts } from './free-ports.js';
import { readyText } from './ready-text.js';

const inner = [tenants, auth, courses, media, insights];

/** The environment, with a free loopback port for each inner service and its address for the others. */
async function wired(environment: Environment): Promise<Environment> {
  const ports = await freePorts(inner.length);
  const pairs = inner.flatMap(({ name }, index) => {
    const variable = `HARKA_${name.toUpperCase()}`;
    const port = String(ports[index]);
    return [
      [`${variable}_PORT`, port],
      [`${variable}_URL`, `http://127.0.0.1:${port}`],
    ];
  });
  const addresses = Object.fromEntries(pairs) as Environment;
  return { ...environment, HARKA_INTERNAL_HOST: '127.0.0.1', ...addresses };
}

const environment = await wired(processEnvironment());
const config = loadConfig(allConfig, environment);
const { HARKA_METRICS_PORT } = loadConfig(platformConfig, environment);

const services = await Promise.all(inner.map(async (definition) => startService(definition, environment)));
const edge = await startService(gateway, environment);
const internal = await startInternalServer(
  [...services, edge, { name: 'node', readiness: new Readiness(), registry: processMetrics() }],
  { host: '127.0.0.1', port: HARKA_METRICS_PORT },
);

const stop = untilStopped();
if (config.HARKA_DEMO) await seedDemo(services, config);
process.stdout.write(readyText(edge.url, config, config.HARKA_DEMO ? demoSignIns(config) : undefined));

await stop;
await edge.close();
await Promise.all(services.map(async (service) => service.close()));
await internal.close();
