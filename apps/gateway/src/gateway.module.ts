import { Module, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock } from '#libs/kernel';
import { ServiceMetrics } from '#libs/metrics';
import { Broadcast, PlatformConfig, Readiness, ServiceClient, ServiceLogger } from '#libs/service';
import { ShardDirectory } from '#libs/sharding';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { Edge, type EdgeParts } from './edge.js';
import type { GatewayConfig } from './gateway.config.js';

/** The parts of the edge that Nest holds, by the name that `EdgeParts` gives them. */
const injected = {
  platform: PlatformConfig,
  redis: Redis,
  directory: ShardDirectory,
  broadcast: Broadcast,
  client: ServiceClient,
  metrics: ServiceMetrics,
  readiness: Readiness,
  logger: ServiceLogger,
  clock: Clock,
} as const;

@Module({})
export class GatewayModule {
  static of(config: GatewayConfig): DynamicModule {
    const names = Object.keys(injected);
    const useFactory = ({ httpAdapter }: HttpAdapterHost<FastifyAdapter>, ...values: unknown[]): Edge => {
      const parts = Object.fromEntries(names.map((name, index) => [name, values[index]]));
      const server = httpAdapter.getInstance<FastifyInstance>();
      return new Edge({ ...(parts as Omit<EdgeParts, 'config' | 'server'>), config, server });
    };
    const inject = [HttpAdapterHost, ...Object.values(injected)];
    return { module: GatewayModule, providers: [{ provide: Edge, inject, useFactory }] };
  }
}
