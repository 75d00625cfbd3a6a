import type { DynamicModule, Type } from '@nestjs/common';
import type { Environment } from '#libs/config';
import type { Endpoint, ServiceName } from '#libs/contracts';
import type { Migration } from '#libs/database';
import type { Projection } from '#libs/events';
import type { FastifyServerOptions } from 'fastify';
import type { z } from 'zod';
import type { PersonalRecords } from './personal-records.js';

/** The migrations of a service, in order: for its schema in each shard (named like the service), and for its schema in the directory database. */
export interface ServiceMigrations {
  readonly shard?: readonly Migration[];
  readonly directory?: readonly Migration[];
}

/** One deployable: what its `index.ts` exports and `startService` starts. */
export interface ServiceDefinition<Config extends z.ZodObject = z.ZodObject> {
  readonly name: ServiceName;
  /** The environment that the service itself owns, besides `platformConfig`. */
  readonly config: Config;
  /** The promises that its controllers keep; every one must have a handler, and every handler must be one of them. */
  readonly endpoints: readonly Endpoint[];
  /** Only the gateway, which writes its own routes and opens the public door: how that server is to be. */
  readonly edge?: FastifyServerOptions;
  readonly module: (config: z.infer<Config>, environment: Environment) => DynamicModule | Type;
  readonly migrations?: ServiceMigrations;
  /** Read models that the service keeps from events. */
  readonly projections?: readonly Projection[];
  /** What the service holds about people: it is erased when auth says that somebody is to be forgotten. */
  readonly personal?: PersonalRecords;
}

/** Keeps the type of a definition's own configuration. */
export function defineService<Config extends z.ZodObject>(
  definition: ServiceDefinition<Config>,
): ServiceDefinition<Config> {
  return definition;
}
