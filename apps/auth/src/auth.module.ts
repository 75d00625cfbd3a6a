import { Module, type DynamicModule } from '@nestjs/common';
import type { AuthConfig } from './auth.config.js';
import { adapters } from './auth.adapters.js';
import { controllers, useCases } from './auth.use-cases.js';

@Module({})
export class AuthModule {
  static of(config: AuthConfig): DynamicModule {
    return { module: AuthModule, controllers, providers: [...useCases, ...adapters(config)] };
  }
}
