import { gatewayEndpoints } from '#libs/contracts/gateway';
import { defineService } from '#libs/service';
import { edgeServerOptions } from './edge/edge-server.js';
import { gatewayConfig } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';

export const gateway = defineService({
  name: 'gateway',
  config: gatewayConfig,
  endpoints: gatewayEndpoints,
  edge: edgeServerOptions,
  module: (config) => GatewayModule.of(config),
});
