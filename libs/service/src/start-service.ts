import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadConfig, processEnvironment, type Environment } from '#libs/config';
import { DEFAULT_BODY_LIMIT } from '#libs/contracts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { ContractAdapter } from './contract.adapter.js';
import { ContractRoutes } from './contract-routes.js';
import { InstanceBeacon } from './instance-beacon.js';
import type { Observed } from './internal-server.js';
import { NestLogger } from './nest-logger.js';
import { observeRequests } from './observe-requests.js';
import { createPlatform, type Platform } from './platform.js';
import { PlatformModule } from './platform.module.js';
import { platformConfig, type PlatformConfig } from './platform.config.js';
import { ProblemFilter } from './problem.filter.js';
import { checkResponses } from './check-responses.js';
import type { ServiceDefinition } from './service-definition.js';

/** A service that answers. */
export interface RunningService extends Observed {
  /** Base URL, without a slash at the end. */
  readonly url: string;
  /** The Nest application, for the tests of wiring. */
  readonly app: INestApplication;
  /** Takes no new requests, finishes the ones under way, lets go of everything. */
  close(): Promise<void>;
}

@Module({})
class ServiceRoot {}

/**
 * Starts one service on its own port.
 * @throws ConfigError when the environment does not do; Error when handlers and contracts differ, or the port is taken.
 */
export async function startService<Config extends z.ZodObject>(
  definition: ServiceDefinition<Config>,
  environment: Environment = processEnvironment(),
): Promise<RunningService> {
  const config: PlatformConfig = loadConfig(platformConfig, environment);
  const own = loadConfig(definition.config, environment);
  const platform = await createPlatform(definition, config);
  try {
    const app = await createApplication(definition, platform, definition.module(own, environment));
    platform.projections.start();
    await app.listen(portOf(definition.name, config), hostOf(definition, config));
    const beacon = new InstanceBeacon(definition.name, platform.redis, platform.readiness);
    beacon.start();
    return {
      name: definition.name,
      readiness: platform.readiness,
      registry: platform.metrics.registry,
      url: await app.getUrl(),
      app,
      close: async () => {
        await beacon.stop();
        await app.close();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

async function createApplication(
  definition: ServiceDefinition,
  platform: Platform,
  module: ReturnType<ServiceDefinition['module']>,
): Promise<INestApplication> {
  const adapter = new ContractAdapter({
    bodyLimit: DEFAULT_BODY_LIMIT,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
    ...definition.edge,
  });
  const server = adapter.getInstance<FastifyInstance>();
  observeRequests(server, platform.metrics);
  const routes = new ContractRoutes(definition.endpoints, platform.verifier);
  if (definition.edge === undefined) routes.install(server);
  if (platform.config.HARKA_CHECK_RESPONSES) checkResponses(server);
  const root: DynamicModule = { module: ServiceRoot, imports: [PlatformModule.of(platform), module] };
  const app = await NestFactory.create(root, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(platform.logger),
  });
  app.useGlobalFilters(new ProblemFilter(platform.logger));
  app.connectMicroservice({ strategy: platform.broadcast.strategy });
  await app.init();
  if (definition.edge === undefined) routes.check(definition.name);
  // Redis may be away at this moment: hearing starts when it comes.
  app.startAllMicroservices().catch((error: unknown) => {
    platform.logger.warn({ err: error }, 'broadcasts are not heard yet');
  });
  return app;
}

function portOf(service: ServiceDefinition['name'], config: PlatformConfig): number {
  switch (service) {
    case 'gateway':
      return config.HARKA_PORT;
    case 'tenants':
      return config.HARKA_TENANTS_PORT;
    case 'auth':
      return config.HARKA_AUTH_PORT;
    case 'courses':
      return config.HARKA_COURSES_PORT;
    case 'media':
      return config.HARKA_MEDIA_PORT;
    case 'insights':
      return config.HARKA_INSIGHTS_PORT;
  }
}

function hostOf({ edge }: ServiceDefinition, config: PlatformConfig): string {
  return edge !== undefined ? config.HARKA_HOST : config.HARKA_INTERNAL_HOST;
}
